"""Rights that follow from licences, asked at the moment of use: nothing here is cached."""

from collections.abc import Iterable, Iterator
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
    """Yield what became of the nearest licence of the product, if there ever was one."""
    nearest = nearest_licence(product.licences.filter(member=product.member_id), on=on)
    if nearest is None:
        return
    facts = {"number": nearest.number, "state": nearest.get_state_display()}
    if nearest.state != Licence.State.VALID:
        yield _("Licence %(number)s is %(state)s.") % facts
    elif nearest.valid_to < on:
        yield _("Licence %(number)s ended on %(day)s.") % {**facts, "day": nearest.valid_to}
    else:
        yield _("Licence %(number)s begins on %(day)s.") % {**facts, "day": nearest.valid_from}


def nearest_licence(licences: Iterable[Licence], *, on: date) -> Licence | None:
    """Return the licence to speak of when none is in force: the one of that day, else the one that ends last.

    Of a suspended licence whose renewal waits already, the suspension is what stands in the way.
    """

    def nearness(licence: Licence) -> tuple[bool, date, int]:
        return licence.valid_from <= on <= licence.valid_to, licence.valid_to, licence.pk

    return max(licences, key=nearness, default=None)


def is_licensee(member: Member, *, on: date) -> bool:
    """Tell whether the member holds any licence in force that day. One query."""
    return member.licences.valid(on=on).exists()
