"""Cartons: made empty, each with the next SSCC of whoever packs."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from lib.sscc import PrefixUsedUp, new_sscc
from record.codes.refusals import CodesRefused
from record.models import Batch, Carton, CompanyPrefix

MOST_IN_ONE = 1_000
MOST_AT_ONCE = 2_000


def make_cartons(
    *, batch: Batch, capacity: int, count: int, at: datetime, by: User | None = None
) -> list[Carton]:
    """Make `count` empty cartons with the next numbers of the member's company prefix.

    Raises:
        CodesRefused: a senseless size or count, a recalled batch, or nobody's prefix to number them with.
    """
    if reasons := list(_reasons_against_cartons(batch, capacity, count)):
        raise CodesRefused(reasons)
    with transaction.atomic():
        numbers = _next_numbers(batch, count)
        return Carton.objects.bulk_create(
            Carton(sscc=number, batch=batch, capacity=capacity, made_at=at, made_by=by) for number in numbers
        )


def _reasons_against_cartons(batch: Batch, capacity: int, count: int) -> Iterator[Promise]:
    if not 1 <= capacity <= MOST_IN_ONE:
        yield _("A carton holds 1 to 1,000 packages.")
    if not 1 <= count <= MOST_AT_ONCE:
        yield _("Between 1 and 2,000 cartons are made at once.")
    if batch.is_recalled:
        yield _("The batch is being recalled.")


def _next_numbers(batch: Batch, count: int) -> list[str]:
    """Take the next numbers of the member's prefix, else of the association's."""
    # the lock on the prefix gives each number out once
    prefixes = CompanyPrefix.objects.select_for_update(of=("self",)).order_by("pk")
    member = prefixes.filter(member=batch.product.member_id).first()
    prefix = member or prefixes.filter(member=None).first()
    if prefix is None:
        raise CodesRefused(
            [_("Cartons need a GS1 company prefix: enter the member's under Codes and cartons.")]
        )
    first = prefix.next_reference
    prefix.next_reference = first + count
    prefix.save(update_fields=["next_reference"])
    try:
        return [new_sscc(prefix=prefix.prefix, reference=first + place) for place in range(count)]
    except PrefixUsedUp:
        raise CodesRefused([_("Every carton number of this GS1 company prefix is used up.")]) from None
