"""The plaque for the door of a licensee: 400 × 280 mm, as PDF or SVG for whoever makes the sign."""

from pathlib import Path
from typing import Any, Final, Literal

from django.utils import translation
from django.utils.translation import gettext as _

from brand.drawings import drawing_svg
from brand.licences.models import Licence
from brand.licences.papers.certificate import FORM, look_of
from brand.licences.papers.links import check_link
from brand.licences.papers.words import printed_words
from brand.themes import UnknownTheme, theme
from brand.typeset import typeset
from lib import qr

KINDS: Final = {"pdf": "application/pdf", "svg": "image/svg+xml"}
_TEMPLATE = Path(__file__).with_name("plaque.typ")


def plaque(licence: Licence, *, kind: Literal["pdf", "svg"] = "pdf") -> bytes:
    """Return the plaque; in SVG the type is drawn, so no sign maker needs our fonts.

    Raises:
        FontMissing: the front-end packages are not installed.
    """
    return typeset(_TEMPLATE, plaque_data(licence), format=kind)


def plaque_data(licence: Licence) -> dict[str, Any]:
    """Return what the template reads."""
    words = printed_words(licence)
    with translation.override(FORM):
        return {
            "brand": words["brand"],
            "title": _("Licensed user of the brand"),
            "member": words["member"],
            "number": words["number"],
            "issuer": words["issuer"],
            "scan": _("Scan to see whether it holds today"),
            "qr": qr.svg(qr.single(check_link(words["number"]))),
            **_look(licence.region.slug),
        }


def _look(region: str) -> dict[str, Any]:
    held = look_of(region)
    try:
        day = theme(region).day
    except UnknownTheme:
        return {**held, "ground": "#222222", "on": "#ffffff", "accent": "#ffffff"}
    mark = drawing_svg(region, "mark", inks={"mark-cut": day["brand-deep"]}, color=day["on-deep"])
    return {**held, "mark": mark, "ground": day["brand-deep"], "on": day["on-deep"], "accent": day["accent"]}
