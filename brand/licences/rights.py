"""Rights that follow from licences, asked at the moment of use: nothing here is cached."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from brand.licences.models import Licence
from brand.members.models import Member
from brand.products.models import Product


class NotLicensed(PermissionError):
    """No licence in force covers this; the text says so in plain words."""


def licence_covering(product: Product, *, on: date) -> Licence | None:
    """Return the licence under which the member of `product` may put the brand on it that day. One query."""
    return product.licences.valid(on=on).filter(member=product.member_id).order_by("-valid_to", "pk").first()


def require_licence(product: Product, *, on: date) -> Licence:
    """Return the licence that covers `product` on that day.

    Raises:
        NotLicensed: there is none: never given, not begun, expired, suspended or revoked.
    """
    licence = licence_covering(product, on=on)
    if licence is None:
        words = _("No licence in force covers %(product)s: the brand may not be put on it.")
        raise NotLicensed(" ".join([words % {"product": product.name}, *_why(product, on=on)]))
    return licence


def _why(product: Product, *, on: date) -> Iterator[str]:
    """Yield what became of the newest licence of the product, if there ever was one."""
    newest = product.licences.filter(member=product.member_id).order_by("-valid_to", "-pk").first()
    if newest is None:
        return
    facts = {"number": newest.number, "state": newest.get_state_display()}
    if newest.state != Licence.State.VALID:
        yield _("Licence %(number)s is %(state)s.") % facts
    elif newest.valid_to < on:
        yield _("Licence %(number)s ended on %(day)s.") % {**facts, "day": newest.valid_to}
    else:
        yield _("Licence %(number)s begins on %(day)s.") % {**facts, "day": newest.valid_from}


def is_licensee(member: Member, *, on: date) -> bool:
    """Tell whether the member holds any licence in force that day. One query."""
    return member.licences.valid(on=on).exists()
