"""The terms of a pre-sale: written out of its facts, kept by edition, shown before anything is paid."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from shop.presale.models import Presale, PresaleTerms


def drafted(presale: Presale) -> str:
    """Return the terms as the facts of the pre-sale say them, in the language of the site."""
    with translation.override(settings.LANGUAGE_CODE):
        return render_to_string("shop/presale/terms.txt", {"presale": presale}).strip()


def publish_terms(*, presale: Presale, text: str, at: datetime) -> PresaleTerms:
    """Make `text` the newest edition and return it; the same text stays the edition it is.

    Bookings made before keep the edition their buyers accepted.
    """
    newest = presale.terms.order_by("-number").first()
    if newest is not None and newest.text == text:
        return newest
    number = newest.number + 1 if newest else 1
    return PresaleTerms.objects.create(presale=presale, number=number, text=text, made_at=at)
