"""Taking a report in. Who has the receipt number sees how it is handled; it cannot be guessed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse

from brand.models import Product, Region
from record.codes.serials import new_serials
from record.models import Batch, Code, ConsumerReport, ReportPhoto
from record.models.consumer_report import private_storage
from record.operators import tell_operators

MOST_PHOTOS = 5
MOST_ALIKE = 20  # reports about one package in a day; more say nothing new
_NUMBER = 12  # letters: 31 ** 12 ≈ 8 · 10 ** 17


class ReportRefused(ValueError):
    """The report cannot be taken: it says nothing, or this package was reported too often today."""


@dataclass(frozen=True, slots=True)
class About:
    """What a report is about: a serial (known to us or not), a batch, or both."""

    region: Region
    serial: str = ""
    product: Product | None = None
    batch: Batch | None = None

    @classmethod
    def code(cls, code: Code) -> "About":
        """Say it is about one package of ours (`code` with product, region and batch)."""
        return cls(code.product.region, code.serial, code.product, code.batch)

    @classmethod
    def of_batch(cls, batch: Batch) -> "About":
        """Say it is about a batch (with product and region)."""
        return cls(batch.product.region, "", batch.product, batch)


def receive_report(
    *,
    about: About,
    kind: str,
    text: str,
    contact: str = "",
    photos: Sequence[ContentFile] = (),
    at: datetime,
) -> ConsumerReport:
    """Keep the report with its photos and tell who handles reports.

    Raises:
        ReportRefused: no words, too many photos, or too many reports about this package today.
    """
    if not text.strip() or len(photos) > MOST_PHOTOS or _too_many(about, at):
        raise ReportRefused
    # files first, outside of the transaction; a file without a row is lost room, never a lost report
    names = [private_storage().save(f"reports/{at:%Y/%m}/{photo.name}", photo) for photo in photos]
    with transaction.atomic():
        report = ConsumerReport.objects.create(
            number=new_serials(1)[0][:_NUMBER],
            region=about.region,
            serial=about.serial,
            product=about.product,
            batch=about.batch,
            kind=kind,
            text=text.strip(),
            contact=contact.strip(),
            created_at=at,
        )
        ReportPhoto.objects.bulk_create(ReportPhoto(report=report, file=name) for name in names)
        transaction.on_commit(lambda: _tell(report, at))
    return report


def _too_many(about: About, at: datetime) -> bool:
    same = {"serial": about.serial} if about.serial else {"batch": about.batch, "serial": ""}
    today = ConsumerReport.objects.filter(created_at__gt=at - timedelta(days=1), **same)
    return today.count() >= MOST_ALIKE * (1 if about.serial else 10)


def _tell(report: ConsumerReport, at: datetime) -> None:
    tell_operators(
        "record.change_consumerreport",
        kind="consumer_report",
        context={"kind": str(report.get_kind_display()), "product": str(report.product or report.serial)},
        url=reverse("record-reports:handle", args=[report.pk]),
        key=f"report.{report.pk}",
        at=at,
    )
