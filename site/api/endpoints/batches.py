"""Batches: read by everybody, opened and changed by their member."""

from typing import Annotated

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router

from api.endpoints.finding import batch_named, own_batch, own_product
from api.gate import Token
from api.models import Scope
from api.once import once
from api.paging import cut, next_page, whole_number
from api.problems import Problem
from api.schemas.batches import (
    BatchChange,
    BatchesOut,
    BatchIn,
    BatchOut,
)
from api.schemas.problem import PROBLEMS, ProblemOut
from record.models import Batch
from record.opening import BatchRefused, change_batch, open_batch
from telemetry.models import Base

router = Router(tags=["batches"])
MOST = 100
Limit = Annotated[int, Query(ge=1, le=MOST)]


@router.get("", response={200: BatchesOut, PROBLEMS: ProblemOut}, url_name="batches")
def list_batches(
    request: HttpRequest,
    response: HttpResponse,
    *,
    region: str = "",
    gtin: str = "",
    base: str = "",
    after: str = "",
    limit: Limit = 50,
) -> BatchesOut:
    """List batches, newest first; of one county, product or base if asked."""
    found = _batches().order_by("-pk")
    wanted = {"product__region__slug": region, "product__gtin": gtin.zfill(14) if gtin else ""}
    wanted |= {"base__slug": base}
    found = found.filter(**{name: value for name, value in wanted.items() if value})
    if after:
        found = found.filter(pk__lt=whole_number(after))
    batches, more = cut(found[: limit + 1], limit)
    following = next_page(request, response, batches[-1].pk) if more else None
    return BatchesOut(items=[BatchOut.of(batch) for batch in batches], next=following)


@router.get("/{gtin}/{lot}", response={200: BatchOut, PROBLEMS: ProblemOut}, url_name="batch")
def read_batch(request: HttpRequest, gtin: str, lot: str) -> BatchOut:
    """Read one batch."""
    return BatchOut.of(batch_named(gtin, lot))


@router.post(
    "", auth=Token(Scope.BATCHES), response={201: BatchOut, PROBLEMS: ProblemOut}, url_name="open-batch"
)
def post_batch(request: HttpRequest, body: BatchIn) -> HttpResponse:
    """Open a batch of a product of the token's member."""

    def act() -> tuple[int, BatchOut]:
        product = own_product(request, body.gtin)
        base = Base.objects.filter(slug=body.base).first()
        if base is None:
            raise Problem(404, "no_such_base", _("There is no base with that name."))
        facts = body.dict(exclude={"gtin", "lot", "base"})
        try:
            opened = open_batch(product=product, base=base, lot=body.lot, **facts)
        except BatchRefused as error:
            raise refused(error) from error
        return 201, BatchOut.of(batch_named(body.gtin, opened.lot))

    return once(request, act)


@router.patch(
    "/{gtin}/{lot}",
    auth=Token(Scope.BATCHES),
    response={200: BatchOut, PROBLEMS: ProblemOut},
    url_name="change-batch",
)
def patch_batch(request: HttpRequest, gtin: str, lot: str, body: BatchChange) -> HttpResponse:
    """Change dates, quantity or plot of a batch of the token's member."""

    def act() -> tuple[int, BatchOut]:
        batch = own_batch(request, gtin, lot)
        given = body.dict(exclude_unset=True)
        texts = {name: given[name] or "" for name in ("plot", "unit") if name in given}
        try:
            change_batch(batch=batch, **given | texts)
        except BatchRefused as error:
            raise refused(error) from error
        return 200, BatchOut.of(batch_named(gtin, lot))

    return once(request, act)


def refused(error: BatchRefused) -> Problem:
    """Return the problem of a batch that cannot be like that."""
    errors = [
        {"field": field, "detail": str(sentence)}
        for field, sentences in error.reasons.items()
        for sentence in sentences
    ]
    return Problem(422, "batch_refused", _("The batch cannot be like that."), errors=errors)


def _batches() -> QuerySet[Batch]:
    return Batch.objects.select_related("product__region", "product__member", "base")
