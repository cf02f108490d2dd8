"""What a slip says. The words are those of the Chinese forms, whatever language the desk works in."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from record.models import ConformityCertificate, ResidueTest

CERTIFICATE_TITLE = "承诺达标合格证"
TEST_TITLE = "追溯检测标签"
FORM = "zh-hans"


@dataclass(frozen=True, slots=True)
class Slip:
    """A title, facts as (name, value), a sentence at the foot, a number, and the link of its QR code."""

    title: str
    rows: tuple[tuple[str, str], ...]
    foot: str
    number: str
    link: str


def certificate_slip(certificate: ConformityCertificate) -> Slip:
    """Return the slip of a 合格证 with its eight fields."""
    with translation.override(FORM):
        basis = str(ConformityCertificate.Basis(certificate.basis).label)
        rows = (
            (_("Name of the product"), certificate.product_name),
            (_("Quantity"), certificate.quantity),
            (_("Place of origin"), certificate.origin),
            (_("Issued on"), f"{certificate.issued_on:%Y-%m-%d}"),
            (_("Basis of the promise"), basis),
            (_("Promised by"), certificate.promised_by),
            (_("Contact"), certificate.contact),
        )
        foot = f"{_('We promise')}：{certificate.promises}"
    return Slip(CERTIFICATE_TITLE, rows, foot, certificate.number, certificate_link(certificate.number))


def residue_slip(test: ResidueTest) -> Slip:
    """Return the slip of a residue test."""
    with translation.override(FORM):
        rows = [
            (_("Name of the product"), test.batch.product.name),
            (_("Lot"), test.batch.lot),
            (_("Sample"), test.sample or _("not recorded")),
            (_("Tested for"), _("organophosphates and carbamates")),
            (_("Inhibition"), f"{test.inhibition.normalize():f} %"),
            (_("Result"), str(result_of(test))),
            (_("Tested at"), f"{timezone.localtime(test.tested_at):%Y-%m-%d %H:%M}"),
            (_("Tested by"), test.tested_by),
        ]
        rows += [(_("Laboratory report"), report.number) for report in test.reports.all()]
        foot = f"{test.standard} · {ResidueTest.Method(test.method).label}"
    return Slip(TEST_TITLE, tuple(rows), foot, test.number, residue_link(test.number))


def result_of(test: ResidueTest) -> str:
    """Return the result in words: negative, positive, or positive and cleared by a laboratory."""
    if not test.is_positive:
        return _("negative, passed")
    return _("quick test positive, laboratory clean") if test.is_cleared else _("quick test positive")


def certificate_link(number: str) -> str:
    """Return what the QR code of a 合格证 carries: its page, without a language."""
    return _link("trace-certificate", number)


def residue_link(number: str) -> str:
    """Return what the QR code of a test carries."""
    return _link("trace-test", number)


def _link(name: str, number: str) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return f"{settings.PUBLIC_BASE_URL}{reverse(name, args=[number])}"
