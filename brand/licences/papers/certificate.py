"""The certificate of a licence as PDF, set from its frozen words: printed twice, it is the same."""

import hashlib
import logging
from pathlib import Path
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from brand.drawings import drawing_svg
from brand.licences.models import Licence
from brand.licences.papers.links import check_link
from brand.licences.papers.words import Words, check_word, printed_words
from brand.licences.uses import use_names
from brand.members.models import Member
from brand.themes import UnknownTheme, theme
from brand.typeset import typeset
from lib import qr
from lib.nice import CLASSES

logger = logging.getLogger(__name__)

FORM: Final = "zh-hans"  # papers are Chinese, whatever language the desk works in
_TEMPLATE = Path(__file__).with_name("certificate.typ")
_PLAIN = {"brand": "#000000", "brand-deep": "#222222", "brand-tint": "#f0f0f0", "ink-2": "#444444"}


def certificate_pdf(licence: Licence) -> bytes:
    """Return the certificate. The hash of the first print is kept; one that differs later is logged.

    Raises:
        FontMissing: the front-end packages are not installed.
    """
    paper = typeset(_TEMPLATE, certificate_data(licence))
    digest = hashlib.sha256(paper).hexdigest()
    kept = Licence.objects.filter(pk=licence.pk, certificate_sha256="")
    if licence.printed and not licence.certificate_sha256 and kept.update(certificate_sha256=digest):
        licence.certificate_sha256 = digest
    elif licence.certificate_sha256 and licence.certificate_sha256 != digest:
        # a new release of the typesetter may break lines anew; the words and their check word stay
        logger.warning("certificate %s is set differently than at its first print", licence.number)
    return paper


def certificate_data(licence: Licence) -> dict[str, Any]:
    """Return what the template reads."""
    words = printed_words(licence)
    with translation.override(FORM):
        return {
            "title": _("Licence to use the brand %(brand)s") % {"brand": words["brand"]},
            "number": words["number"],
            "lead": _lead(words),
            "rows": _rows(words),
            "columns": [_("Product"), _("Pack"), _("GTIN"), _("Packages in the period")],
            "products": [_product(row) for row in words["products"]],
            "products_title": _("The licence covers these goods"),
            "signed": words["issuer"],
            "signed_on": _day(words["issued_on"] or words["valid_from"]),
            "check": check_word(words),
            "check_label": _("Check word"),
            "scan": _("Scan to see whether it holds today"),
            "note": _("It may be suspended or revoked before its last day. The page behind the code knows."),
            "qr": qr.svg(qr.single(check_link(words["number"]))),
            **look_of(licence.region.slug),
        }


def look_of(region: str) -> dict[str, Any]:
    """Return inks and drawings of a county for papers; a county without a theme gets black on white."""
    try:
        look = theme(region)
    except UnknownTheme:
        return {"inks": _PLAIN, "mark": "", "land": ""}
    inks = {key: look.day.get(key, plain) for key, plain in _PLAIN.items()}
    mark = drawing_svg(region, "mark", inks={"mark-cut": "#ffffff"})
    return {"inks": inks, "mark": mark, "land": drawing_svg(region, "land")}


def _lead(words: Words) -> str:
    return _("%(member)s may use the brand %(brand)s on the goods and in the ways named below.") % {
        "member": words["member"],
        "brand": words["brand"],
    }


def _rows(words: Words) -> list[tuple[str, str]]:
    rows = [
        (_("Licensed member"), words["member"]),
        (pgettext("certificate", "Legal form"), _kind(words["kind"])),
        (_("Social credit code"), words["credit_code"]),
        (_("Address"), words["address"]),
        (_("Brand"), words["brand"]),
        (_("Trademark classes"), "；".join(f"{number} {CLASSES[number]}" for number in words["classes"])),
        (_("Uses of the brand"), "、".join(str(use) for use in use_names(words["uses"]))),
        (pgettext("certificate", "Valid"), _("%(first)s to %(last)s") % _period(words)),
        (_("Renews"), words["renews"]),
        (pgettext("certificate", "Given in"), words["county"]),
    ]
    return [(name, value) for name, value in rows if value]


def _kind(kind: str) -> str:
    return str(Member.Kind(kind).label) if kind in Member.Kind.values else kind


def _period(words: Words) -> dict[str, str]:
    return {"first": _day(words["valid_from"]), "last": _day(words["valid_to"])}


def _product(row: dict[str, Any]) -> list[str]:
    quantity = f"{row['quantity']:,}" if row["quantity"] is not None else _("as needed")
    return [row["name"], row["pack"], row["gtin"], quantity]


def _day(iso: str) -> str:
    year, month, day = (int(part) for part in iso.split("-"))
    return f"{year} 年 {month} 月 {day} 日"
