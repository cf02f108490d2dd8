"""Checks of one number, and the codes of a member, on the wire."""

from datetime import date, datetime
from typing import Annotated

from ninja import Field, Schema

from api.schemas.batches import Lot, RecallOut, Strict


class CodeOut(Schema):
    """What may be believed of the package with this serial. Asking is no scan and is not counted."""

    serial: str
    verdict: str
    genuine: bool
    scan_count: int
    first_scanned_at: datetime | None
    gtin: str | None
    product: str
    region: str
    lot: str | None
    recall: RecallOut | None
    url: str


class LicenceOut(Schema):
    """Whether this licence allows the brand today."""

    number: str
    verdict: str
    valid: bool
    brand: str
    member: str
    region: str
    products: list[str]
    valid_from: date
    valid_to: date
    url: str


class SerialOut(Schema):
    """A code of the token's member."""

    serial: str
    state: str
    gtin: str | None
    lot: str | None
    issued_at: datetime
    activated_at: datetime | None
    scan_count: int


class SerialsOut(Schema):
    """A page of codes, in the order they were issued."""

    items: list[SerialOut]
    next: str | None = None


class ActivationIn(Strict):
    """Which codes of the batch are put on sale: those listed, or all that are bound to it."""

    serials: Annotated[list[str], Field(min_length=1, max_length=5_000)] | None = None
    all: bool = False


class ActivationOut(Schema):
    """How many codes were not active before."""

    gtin: str
    lot: Lot
    activated: int
