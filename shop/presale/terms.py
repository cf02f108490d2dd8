"""The terms of a pre-sale: written out of its facts, kept by edition, shown before anything is paid."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from accounts.models import User
from brand.acts.models import record_act
from shop.presale.models import Presale, PresaleTerms
from shop.presale.states import tell_pages


def drafted(presale: Presale) -> str:
    """Return the terms as the facts of the pre-sale say them, in the language of the site."""
    with translation.override(settings.LANGUAGE_CODE):
        return render_to_string("shop/presale/terms.txt", {"presale": presale}).strip()


def publish_terms(*, presale: Presale, text: str, at: datetime, by: User | None = None) -> PresaleTerms:
    """Make `text` the newest edition and return it; the same text stays the edition it is.

    Bookings made before keep the edition their buyers accepted.
    """
    with transaction.atomic():
        held = Presale.objects.select_for_update(of=("self",)).get(
            pk=presale.pk
        )  # one edition after the other
        newest = held.terms.order_by("-number").first()
        if newest is not None and newest.text == text:
            return newest
        number = newest.number + 1 if newest else 1
        made = PresaleTerms.objects.create(presale=held, number=number, text=text, made_at=at)
        record_act(presale, "terms", by=by, at=at, note=str(number))
        tell_pages(presale)
    return made
