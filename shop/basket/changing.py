"""Changing what lies in a basket: how many, out, kept for later, back again."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from oscar.core.loading import get_model

from accounts.models import User
from shop.basket.models import Basket, Line

MOST = 999  # of one article


class NotChanged(ValueError):
    """The basket stays as it was; the text says why in plain words."""


def set_quantity(*, line: Line, quantity: int) -> None:
    """Set how many of a line; 0 takes it out. The price of now becomes the price it was last seen at.

    Raises:
        NotChanged: less than none, or more than there are.
    """
    if quantity < 0:
        raise NotChanged(_("A number from 0 on, please."))
    if not quantity:
        take_out(line=line)
        return
    strategy = line.basket.strategy
    availability = strategy.availability_policy(line.product, line.stockrecord)
    allowed, why = availability.is_purchase_permitted(quantity)
    if not allowed or quantity > MOST:
        left = max(0, getattr(availability, "num_available", 0))
        raise NotChanged(_("Only %(number)s left.") % {"number": left} if left else str(why))
    price = strategy.pricing_policy(line.product, line.stockrecord)
    line.quantity = quantity
    if price.exists:
        line.price_incl_tax = line.price_excl_tax = price.effective_price
    line.save()


def take_out(*, line: Line) -> None:
    """Take a line out of its basket."""
    line.delete()


def keep_for_later(*, line: Line, user: User) -> None:
    """Move a line to what the person keeps for later."""
    with transaction.atomic():
        kept, _made = Basket.saved.get_or_create(owner=user)
        kept.merge_line(line)


def bring_back(*, line: Line, basket: Any) -> None:
    """Move a line that was kept back into the basket."""
    with transaction.atomic():
        if basket.pk is None:
            basket.save()
        basket.merge_line(line)


def kept_lines(user: User) -> list[Line]:
    """Return what the person keeps for later, with what a page needs. Two queries."""
    kept = get_model("basket", "Basket").saved.filter(owner=user).first()
    return list(kept.all_lines()) if kept else []
