"""Codes drawn under a licence: counted against its quantity in the transaction that issues them.

A code that is voided before its label was ever printed gives its place back: nothing of it is in the world.
One that was printed does not, whether its label was used, spoiled or lost: it carried the brand.
"""

from datetime import date

from django.db.models import F, Q
from django.utils.translation import ngettext

from brand.licences.models import Licence
from brand.licences.products import LicenceProduct
from brand.licences.rights import require_licence
from brand.licences.stops import is_stopping
from brand.products.models import Product


class QuotaExceeded(ValueError):
    """More codes than the licence has left; `left` says how many that are."""

    def __init__(self, left: int) -> None:
        self.left = left
        super().__init__(
            ngettext(
                "Under the licence %(left)s code of this product is left.",
                "Under the licence %(left)s codes of this product are left.",
                left,
            )
            % {"left": f"{left:,}"}
        )


def cover_of(product: Product, *, on: date) -> LicenceProduct:
    """Return the row under which codes of `product` are drawn on that day. Two queries.

    Raises:
        NotLicensed: no licence in force covers it.
    """
    licence = require_licence(product, on=on)
    return LicenceProduct.objects.select_related("licence").get(licence=licence, product=product)


def draw_codes(licence_product: LicenceProduct, quantity: int) -> None:
    """Count `quantity` codes against the licence; call it in the transaction that issues them.

    Raises:
        QuotaExceeded: not so many are left.
    """
    room = Q(quantity=None) | Q(quantity__gte=F("codes_drawn") + quantity)
    # compare-and-set: of two draws at once that do not both fit, the second is refused by the first's count
    rows = LicenceProduct.objects.filter(room, pk=licence_product.pk)
    if not rows.update(codes_drawn=F("codes_drawn") + quantity):
        licence_product.refresh_from_db(fields=["quantity", "codes_drawn"])
        raise QuotaExceeded(licence_product.codes_left or 0)


def give_back_codes(*, licence: Licence, product: Product, quantity: int) -> None:
    """Take `quantity` codes off the count again; call it in the transaction that voids them."""
    rows = LicenceProduct.objects.filter(licence=licence, product=product, codes_drawn__gte=quantity)
    rows.update(codes_drawn=F("codes_drawn") - quantity)


def still_licensed(licence: Licence, *, on: date, lock: bool = False) -> bool:
    """Tell whether `licence` may still be drawn under: asked between the portions of a long run.

    With `lock` a suspension that comes later waits for the caller's transaction, and one that came before
    is seen: asked last, it leaves no moment in which both succeed.
    """
    if is_stopping(licence.pk):
        return False
    rows = Licence.objects.filter(pk=licence.pk)
    # no_key: runs under one licence each refer to it and must not wait for one another
    now = (rows.select_for_update(no_key=True) if lock else rows).get()
    return now.is_valid(on=on)
