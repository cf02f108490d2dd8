"""Addresses of the pages people read, the same for every caller: data must not depend on the language."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation


def page(name: str, *arguments: str) -> str:
    """Return the address of a page in the language of the county."""
    with translation.override(settings.LANGUAGE_CODE):
        return settings.PUBLIC_BASE_URL + reverse(name, args=arguments)
