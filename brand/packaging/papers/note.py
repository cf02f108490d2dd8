"""The receipt note (包装领用单) of what was picked up. Chinese, whatever language the desk works in."""

from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from brand.licences.papers.certificate import look_of
from brand.packaging.movements import PackagingMovement
from brand.packaging.requests import PackagingRequest
from brand.typeset import typeset

FORM: Final = "zh-hans"
_TEMPLATE = Path(__file__).with_name("note.typ")


def note_pdf(request: PackagingRequest) -> bytes:
    """Return the note with a line for each item and room for two signatures.

    Raises:
        FontMissing: the front-end packages are not installed.
    """
    return typeset(_TEMPLATE, note_data(request))


def note_data(request: PackagingRequest) -> dict[str, Any]:
    """Return what the template reads."""
    issued = PackagingMovement.objects.filter(number=request.note_number)
    lines = list(issued.select_related("item", "by").order_by("item_id"))
    giver = lines[0].by if lines else None
    with translation.override(FORM):
        return {
            "title": _("Packaging receipt note"),
            "number": request.note_number,
            "county": request.licence.region.full_name,
            "facts": [
                (_("Member"), request.member.name),
                (_("Licence"), request.licence.number),
                (_("Request"), request.number),
                (_("Picked up on"), f"{timezone.localtime(request.picked_up_at):%Y-%m-%d %H:%M}"),
            ],
            "columns": [_("Item"), _("Kind"), _("Quantity"), _("Price of one"), _("Amount")],
            "lines": [_line(line) for line in lines],
            "total": _total(lines),
            "note": _(
                "What is left over comes back to the store. Spoiled ones are reported, not thrown away."
            ),
            "signatures": [
                (_("Handed out by"), giver.get_full_name() if giver else ""),
                (_("Received by"), request.collector),
            ],
            **look_of(request.licence.region.slug),
        }


def _line(line: PackagingMovement) -> list[str]:
    price = "" if line.price is None else f"{line.price:,.2f}"
    amount = "" if line.amount is None else f"{line.amount:,.2f}"
    kind = str(line.item.get_kind_display())
    return [str(line.item), kind, f"{line.quantity:,} {line.item.unit}", price, amount]


def _total(lines: list[PackagingMovement]) -> str:
    amounts = [line.amount for line in lines if line.amount is not None]
    if not amounts:
        return _("Nothing to pay.")
    return _("Together %(amount)s yuan at cost") % {"amount": f"{sum(amounts, Decimal(0)):,.2f}"}
