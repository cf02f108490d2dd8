"""The licence behind every code: it is made, printed, bound and activated only under one in force."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from brand.licences.drawing import QuotaExceeded, cover_of, draw_codes, still_licensed
from brand.licences.rights import NotLicensed, require_licence
from brand.models import Licence, LicenceProduct, Product
from record.codes.refusals import CodesRefused


def reasons_against_product(product: Product, *, at: datetime, quantity: int = 0) -> Iterator[str]:
    """Yield why no code of `product` may be made or used: no licence in force, or not so many left."""
    try:
        cover = cover_of(product, on=timezone.localdate(at))
    except NotLicensed as error:
        yield str(error)
        return
    if cover.codes_left is not None and cover.codes_left < quantity:
        yield str(QuotaExceeded(cover.codes_left))


def cover_now(product: Product, *, at: datetime) -> LicenceProduct | None:
    """Return the row of the licence codes of `product` are drawn under at that moment, if there is one."""
    try:
        return cover_of(product, on=timezone.localdate(at))
    except NotLicensed:
        return None


def draw(product: Product, quantity: int, *, at: datetime) -> Licence:
    """Count `quantity` codes against the licence that covers `product` and return it.

    Part of the caller's transaction: when that fails, nothing was drawn.

    Raises:
        CodesRefused: no licence covers the product, or not so many codes are left under it.
    """
    try:
        cover = cover_of(product, on=timezone.localdate(at))
        draw_codes(cover, quantity)
    except (NotLicensed, QuotaExceeded) as error:
        raise CodesRefused([str(error)]) from error
    return cover.licence


def confirm(licence: Licence, *, at: datetime, last: bool = False) -> None:
    """Make sure `licence` is still in force in the middle of a long act; `last` says that the act ends here.

    Raises:
        CodesRefused: it was suspended or revoked meanwhile; the caller's transaction takes all of it back.
    """
    if not still_licensed(licence, on=timezone.localdate(at), lock=last):
        words = _("Licence %(number)s was suspended or revoked meanwhile. No code was made or changed.")
        raise CodesRefused([words % {"number": licence.number}])


def confirm_all(products: Iterable[Product], *, at: datetime) -> None:
    """Make sure at the end of an act that every product is licensed now: no suspension slips in between.

    Raises:
        CodesRefused: one is not.
    """
    on = timezone.localdate(at)
    try:
        licences = {require_licence(product, on=on) for product in products}
    except NotLicensed as error:
        raise CodesRefused([str(error)]) from error
    # always locked in the order of their keys, so that two acts cannot wait for each other
    for licence in sorted(licences, key=lambda one: one.pk):
        confirm(licence, at=at, last=True)
