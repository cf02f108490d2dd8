"""Where the QR code of a certificate leads."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation


def check_link(number: str) -> str:
    """Return the address of the public page of a licence, without a language."""
    with translation.override(settings.LANGUAGE_CODE):
        return f"{settings.PUBLIC_BASE_URL}{reverse('association:licence', args=[number])}"
