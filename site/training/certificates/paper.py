"""The certificate as PDF, set from its frozen words."""

from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from brand.licences.papers.certificate import FORM, look_of
from brand.typeset import typeset
from lib import qr
from training.certificates.certificate import Certificate
from training.certificates.words import check_word, length
from training.courses.kinds import Kind

_TEMPLATE: Final = Path(__file__).with_name("paper.typ")


def certificate_pdf(certificate: Certificate) -> bytes:
    """Return the certificate as it was issued.

    Raises:
        FontMissing: the front-end packages are not installed.
    """
    return typeset(_TEMPLATE, paper_data(certificate))


def paper_data(certificate: Certificate) -> dict[str, Any]:
    """Return what the template reads. Papers are Chinese, whatever language the site is read in."""
    words = certificate.words
    with translation.override(FORM):
        return {
            "title": pgettext("training", "Certificate of completion"),
            "number": certificate.number,
            "name": words["name"],
            "lead": _("has completed the course below and fulfilled all of its conditions."),
            "course": words["course"],
            "rows": _rows(certificate),
            "signed": words["issuer"],
            "signed_on": _day(words["learnt_on"]),
            "check": check_word(certificate.number, words),
            "check_label": _("Check word"),
            "scan": _("Scan to see whether it holds"),
            "qr": qr.svg(qr.single(check_link(certificate.number))),
            **look_of(certificate.region.slug),
        }


def check_link(number: str) -> str:
    """Return the address of the public page of a certificate, without a language."""
    with translation.override(settings.LANGUAGE_CODE):
        return f"{settings.PUBLIC_BASE_URL}{reverse('training:certificate', args=[number])}"


def _rows(certificate: Certificate) -> list[tuple[str, str]]:
    words = certificate.words
    rows = [
        (_("Kind"), str(Kind(words["kind"]).label) if words["kind"] in Kind.values else ""),
        (_("Length"), length(words)),
        (pgettext("certificate", "Teacher"), words["teacher"]),
        (pgettext("certificate", "Completed"), _day(words["learnt_on"])),
        (pgettext("training", "Given in"), words["county"]),
    ]
    return [(name, value) for name, value in rows if value]


def _day(iso: str) -> str:
    year, month, day = (int(part) for part in iso.split("-"))
    return f"{year} 年 {month} 月 {day} 日"
