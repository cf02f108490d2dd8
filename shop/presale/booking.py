"""Booking a share of a harvest: held with the order, confirmed by the deposit, given back with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from shop.order.models import Order
from shop.presale.balances import fall_due
from shop.presale.models import Booking, Presale, PresaleTerms
from shop.presale.running import presale_of
from shop.presale.states import tell_pages


class NotBookable(ValueError):
    """It cannot be booked like this; the text says why in plain words. Nothing was changed."""


class FullyBooked(NotBookable):
    """Fewer are left than were asked for: `left`."""

    def __init__(self, presale: Presale, left: int) -> None:
        text = _("Only %(left)d of %(title)s are left to book.") if left else _("%(title)s is fully booked.")
        super().__init__(text % {"title": presale.title, "left": left})
        self.left = left


class TermsNotAccepted(NotBookable):
    """The terms were not accepted, or there is a newer edition: show it and ask again."""


def presale_in(lines: Iterable[Any], *, at: datetime) -> Presale | None:
    """Return the pre-sale that the lines of a basket or quote book, None for an ordinary basket.

    A harvest is ordered by itself: it is paid and sent at another time than everything else. One query for
    a basket with a pre-sale, none for others.

    Raises:
        NotBookable: something else lies beside it.
    """
    articles = {line.product.pk for line in lines}
    ahead = [found for pk in articles if (found := presale_of(pk))]
    if not ahead:
        return None
    if len(articles) > 1:
        raise NotBookable(_("A pre-sale is ordered by itself. Order the rest separately."))
    return Presale.objects.select_related("region", "base").get(pk=ahead[0].pk)


def terms_in_force(presale: Presale) -> PresaleTerms | None:
    """Return the newest edition of its terms: the one a buyer is shown and accepts. One query."""
    return presale.terms.order_by("-number").first()


@dataclass(frozen=True, slots=True)
class Share:
    """What a buyer books: the pre-sale, how many pieces, the edition of the terms that was accepted."""

    presale: Presale
    quantity: int
    accepted: int

    def deposit(self, quote: Any) -> Decimal:
        """Return what is paid at once of what `quote` comes to; the rest is due with the harvest."""
        return min(self.presale.deposit * self.quantity, Decimal(quote.total))


def book(*, order: Order, share: Share, at: datetime) -> Booking:
    """Hold a share of the harvest for `order`; call it where the order is placed.

    The cap is kept by compare-and-set: the last piece goes to one buyer.

    Raises:
        TermsNotAccepted: no edition, or not the newest one, was accepted.
        FullyBooked: fewer are left.
        NotBookable: it is not bookable now, or so many not in one order.
    """
    presale = share.presale
    terms = terms_in_force(presale)
    if terms is None or terms.number != share.accepted:
        raise TermsNotAccepted(_("Read the terms of the pre-sale and accept them first."))
    if share.quantity > presale.most_each:
        raise NotBookable(_("At most %(most)d in one order.") % {"most": presale.most_each})
    _hold(presale, share.quantity, at=at)
    return Booking.objects.create(
        presale=presale, order=order, terms=terms, quantity=share.quantity, booked_at=at
    )


def confirm(*, order: Order, at: datetime) -> None:
    """Note that the deposit of `order` is paid: its share stays held until the harvest.

    Of a harvest that came in meanwhile the balance falls due at once.
    """
    booking = Booking.objects.select_related("presale").get(order=order)
    if Booking.objects.filter(pk=booking.pk, confirmed_at=None).update(confirmed_at=at):
        fall_due(order=order, presale=booking.presale)


def release_share(*, order: Order, at: datetime) -> None:
    """Give the share of a cancelled order back to who comes next; twice does nothing more."""
    booking = Booking.objects.select_related("presale__region").get(order=order)
    if not Booking.objects.filter(pk=booking.pk, held=True).update(held=False):
        return
    presale = booking.presale
    Presale.objects.filter(pk=presale.pk).update(booked=F("booked") - booking.quantity)
    presale.refresh_from_db(fields=["booked"])
    _tell_when_shown(presale, presale.booked + booking.quantity)


def _hold(presale: Presale, quantity: int, *, at: datetime) -> None:
    open_now = Presale.objects.filter(
        pk=presale.pk, state=Presale.State.OPEN, opens_at__lte=at, closes_at__gt=at
    )
    if not open_now.filter(cap__gte=F("booked") + quantity).update(booked=F("booked") + quantity):
        presale.refresh_from_db()
        if open_now.exists():
            raise FullyBooked(presale, presale.left)
        raise NotBookable(_("%(title)s cannot be booked now.") % {"title": presale.title})
    presale.refresh_from_db(fields=["booked"])
    _tell_when_shown(presale, presale.booked - quantity)


def _tell_when_shown(presale: Presale, before: int) -> None:
    """Tell the pages when what they show changed: the tenth that is booked, or whether any is left."""
    if before * 10 // presale.cap != presale.booked * 10 // presale.cap:
        tell_pages(presale)
