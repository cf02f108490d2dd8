"""The pick list as PDF: what to fetch from the shelves, with a box to tick."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from brand.licences.papers.certificate import FORM, look_of
from brand.typeset import typeset
from shop.partner.models import Partner

if TYPE_CHECKING:
    from shop.fulfilment.desk.lists import Picked

_TEMPLATE = Path(__file__).with_name("pick_list.typ")


def pick_list_pdf(picked: Sequence["Picked"], *, partner: Partner | None, at: datetime) -> bytes:
    """Return the list on A4.

    Raises:
        FontMissing: the front-end packages are not installed.
    """
    return typeset(_TEMPLATE, pick_list_data(picked, partner=partner, at=at))


def pick_list_data(picked: Sequence["Picked"], *, partner: Partner | None, at: datetime) -> dict[str, Any]:
    """Return what the template reads."""
    with translation.override(FORM):
        return {
            "title": _("Pick list"),
            "seller": partner.name if partner else _("All sellers"),
            "at": f"{timezone.localtime(at):%Y-%m-%d %H:%M}",
            "columns": ["", _("Article"), _("Quantity"), _("Orders")],
            "lines": [[one.title, str(one.quantity), "  ".join(one.orders)] for one in picked],
            "empty": _("Nothing is waiting to be packed."),
            **look_of(partner.member.region.slug if partner and partner.member else ""),
        }
