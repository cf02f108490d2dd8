"""Batches on the wire."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Self

from ninja import Field, Schema
from pydantic import ConfigDict, field_validator

from api.links import page
from record.models import Batch

Lot = Annotated[str, Field(max_length=20)]
Quantity = Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=2)]


class Strict(Schema):
    """A request: a field nobody knows is a mistake of its sender, and said."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    @field_validator("*", mode="before")
    @classmethod
    def without_nul(cls, value: Any) -> Any:
        """Refuse text that PostgreSQL cannot keep."""
        if isinstance(value, str) and "\0" in value:
            raise ValueError(value)
        return value


class RecallOut(Schema):
    """Buyers are asked to give it back."""

    at: datetime
    reason: str
    advice: str


class BatchOut(Schema):
    """A batch: `<gtin>/<lot>`."""

    gtin: str | None
    lot: str
    product: str
    member: str
    region: str
    base: str
    plot: str
    planted_on: date | None
    harvested_on: date | None
    quantity: Decimal | None
    unit: str
    recall: RecallOut | None
    version: int
    url: str

    @classmethod
    def of(cls, batch: Batch) -> Self:
        """Return a batch that comes with product, member, county and base."""
        product = batch.product
        return cls(
            gtin=product.gtin,
            lot=batch.lot,
            product=product.name,
            member=product.member.name,
            region=product.region.slug,
            base=batch.base.slug,
            plot=batch.plot,
            planted_on=batch.planted_on,
            harvested_on=batch.harvested_on,
            quantity=batch.quantity,
            unit=batch.unit,
            recall=recall_of(batch),
            version=batch.version,
            url=page_of(batch),
        )


class BatchesOut(Schema):
    """A page of batches, newest first."""

    items: list[BatchOut]
    next: str | None = None


class BatchIn(Strict):
    """A batch to open."""

    gtin: Annotated[str, Field(pattern=r"^\d{8}$|^\d{12,14}$")]
    lot: Lot
    base: str
    plot: Annotated[str, Field(max_length=40)] = ""
    planted_on: date | None = None
    harvested_on: date | None = None
    quantity: Quantity | None = None
    unit: Annotated[str, Field(max_length=16)] = "千克"


class BatchChange(Strict):
    """What of a batch is to change; what is left out stays."""

    plot: Annotated[str, Field(max_length=40)] | None = None
    planted_on: date | None = None
    harvested_on: date | None = None
    quantity: Quantity | None = None
    unit: Annotated[str, Field(max_length=16)] | None = None


def page_of(batch: Batch) -> str:
    """Return the address of the public record; "" for a product without a GTIN."""
    gtin = batch.product.gtin
    return page("trace-batch", gtin, batch.lot) if gtin else ""


def recall_of(batch: Batch) -> RecallOut | None:
    """Return what buyers are told, or None."""
    if batch.recalled_at is None:
        return None
    return RecallOut(at=batch.recalled_at, reason=batch.recall_reason, advice=batch.recall_advice)
