"""The papers a page shows, read in one query for a batch and one for a product.

Certificates, tests and input batches of one batch (and certifications and licences of one product) are few,
so a row for each combination is cheaper than a query for each kind.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

from brand.models import Licence, Product
from lib.prepared import Prepared
from record.models import Batch, ConformityCertificate, LaboratoryReport, ResidueTest


@dataclass(frozen=True, slots=True)
class Certificate:
    """The number and the eight fields of the 承诺达标合格证."""

    number: str
    withdrawn_at: datetime | None
    promises: str
    basis: str
    product_name: str
    quantity: str
    origin: str
    issued_on: date
    promised_by: str
    contact: str

    @property
    def basis_label(self) -> str:
        """What the promise rests on, in the language of the page."""
        return str(ConformityCertificate.Basis(self.basis).label)


@dataclass(frozen=True, slots=True)
class Report:
    """What a laboratory found."""

    id: int
    number: str
    laboratory: str
    issued_on: date
    result: str
    document_id: int | None
    document: str

    @property
    def is_clean(self) -> bool:
        """Whether it found nothing over a limit."""
        return self.result == LaboratoryReport.Result.CLEAN

    @property
    def document_name(self) -> str:
        """The file name of the scan."""
        return PurePosixPath(self.document).name


@dataclass(frozen=True, slots=True)
class Test:
    """A residue test with the laboratory reports that answer it, oldest first."""

    id: int
    number: str
    sample: str
    inhibition: Decimal
    standard: str
    tested_at: datetime
    tested_by: str
    reports: tuple[Report, ...]

    @property
    def is_positive(self) -> bool:
        """Whether the quick test alone does not clear it."""
        return ResidueTest(inhibition=self.inhibition).is_positive

    @property
    def is_cleared(self) -> bool:
        """Whether the batch may be sold as far as this test goes: the newest report decides."""
        return not self.is_positive or (bool(self.reports) and self.reports[-1].is_clean)

    @property
    def laboratory_report(self) -> str:
        """The number of the report that cleared it, or ""."""
        return self.reports[-1].number if self.reports and self.reports[-1].is_clean else ""


@dataclass(frozen=True, slots=True)
class Source:
    """A batch that went into this one."""

    id: int
    lot: str
    product: str
    gtin: str | None
    recalled_at: datetime | None


@dataclass(frozen=True, slots=True)
class BatchPapers:
    """The papers of a batch."""

    certificate: Certificate | None
    tests: tuple[Test, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A certification of a product; `valid` tells whether it is in force."""

    id: int
    kind: str
    number: str
    issuer: str
    valid_from: date | None
    valid_to: date | None
    document_id: int | None
    document: str
    valid: bool

    @property
    def document_name(self) -> str:
        """The file name of the scan."""
        return PurePosixPath(self.document).name


@dataclass(frozen=True, slots=True)
class LicenceMark:
    """The right of the member to put the brand on this product."""

    id: int
    number: str
    brand_name: str
    state: str
    valid_to: date
    valid: bool

    @property
    def state_label(self) -> str:
        """Suspended or revoked, in the language of the page."""
        return str(Licence.State(self.state).label)


@dataclass(frozen=True, slots=True)
class ProductPapers:
    """What vouches for a product on one day. The licence in force comes first, else the newest."""

    marks: tuple[Mark, ...]
    licence: LicenceMark | None


_CERTIFICATE = (
    "number",
    "withdrawn_at",
    "promises",
    "basis",
    "product_name",
    "quantity",
    "origin",
    "issued_on",
    "promised_by",
    "contact",
)
_TEST = ("id", "number", "sample", "inhibition", "standard", "tested_at", "tested_by")
_REPORT = ("id", "number", "laboratory", "issued_on", "result", "document_id")
_REPORT_COLUMNS = {name: f"residue_tests__reports__{name}" for name in _REPORT} | {
    "document": "residue_tests__reports__document__file"
}
_SOURCE = {
    "id": "id",
    "lot": "lot",
    "product": "product__name",
    "gtin": "product__gtin",
    "recalled_at": "recalled_at",
}
_MARK = ("id", "kind", "number", "issuer", "valid_from", "valid_to", "document_id")
_LICENCE = ("id", "number", "brand_name", "state", "valid_from", "valid_to", "member_id")

_CERTIFICATE_COLUMNS = {name: f"conformity_certificates__{name}" for name in _CERTIFICATE}
_TEST_COLUMNS = {name: f"residue_tests__{name}" for name in _TEST}
_SOURCE_COLUMNS = {name: f"sources__source__{path}" for name, path in _SOURCE.items()}
_MARK_COLUMNS = {name: f"certifications__{name}" for name in _MARK} | {
    "kind": "certifications__kind__name",
    "document": "certifications__document__file",
}
_LICENCE_COLUMNS = {name: f"licences__{name}" for name in _LICENCE}
_of_batch = Prepared(
    lambda pk: Batch.objects.filter(pk=pk).values(
        *_CERTIFICATE_COLUMNS.values(),
        *_TEST_COLUMNS.values(),
        *_REPORT_COLUMNS.values(),
        *_SOURCE_COLUMNS.values(),
    )
)
_of_product = Prepared(
    lambda pk: Product.objects.filter(pk=pk).values(*_MARK_COLUMNS.values(), *_LICENCE_COLUMNS.values())
)


def batch_papers(batch: Batch) -> BatchPapers:
    """Return the papers of `batch`. One query."""
    rows = _of_batch(batch.pk)
    standing = (row for row in _distinct(rows, _CERTIFICATE_COLUMNS) if row["withdrawn_at"] is None)
    tests = (Test(**row, reports=_reports(rows, test=row["id"])) for row in _distinct(rows, _TEST_COLUMNS))
    return BatchPapers(
        certificate=next((Certificate(**row) for row in standing), None),
        tests=tuple(sorted(tests, key=lambda test: (test.tested_at, test.id))),
        sources=tuple(Source(**row) for row in _distinct(rows, _SOURCE_COLUMNS)),
    )


def _reports(rows: Iterable[dict[str, Any]], *, test: int) -> tuple[Report, ...]:
    own = _distinct((row for row in rows if row["residue_tests__id"] == test), _REPORT_COLUMNS)
    reports = (Report(**(row | {"document": row["document"] or ""})) for row in own)
    return tuple(sorted(reports, key=lambda report: (report.issued_on, report.id)))


def product_papers(product: Product, *, on: date) -> ProductPapers:
    """Return what vouches for `product` on that day. One query."""
    rows = _of_product(product.pk)
    licences = _distinct(rows, _LICENCE_COLUMNS)
    own = (_licence(row, on) for row in licences if row["member_id"] == product.member_id)
    return ProductPapers(
        marks=tuple(_mark(row, on) for row in _distinct(rows, _MARK_COLUMNS)),
        licence=max(own, key=lambda licence: (licence.valid, licence.valid_to), default=None),
    )


def _mark(row: dict[str, Any], on: date) -> Mark:
    begun = row["valid_from"] is None or row["valid_from"] <= on
    ended = row["valid_to"] is not None and row["valid_to"] < on
    return Mark(**(row | {"document": row["document"] or ""}), valid=begun and not ended)


def _licence(row: dict[str, Any], on: date) -> LicenceMark:
    fields = {name: row[name] for name in ("id", "number", "brand_name", "state", "valid_from", "valid_to")}
    valid = Licence(**fields).is_valid(on=on)
    fields.pop("valid_from")
    return LicenceMark(**fields, valid=valid)


def _distinct(rows: Iterable[dict[str, Any]], columns: dict[str, str]) -> list[dict[str, Any]]:
    """Return the different rows of some `columns` (`{name: column}`), without those of an outer join that
    found nothing.
    """
    found = {tuple(row[column] for column in columns.values()): None for row in rows}
    return [dict(zip(columns, values, strict=True)) for values in found if values[0] is not None]
