"""The monthly statement: opening + in − out = closing, for each item on the shelf and each member's share.

It is computed from the ledger alone. Movements carry the moment they were entered, so a month that is over
never changes.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from brand.members.models import Member
from brand.packaging.items import PackagingItem
from brand.packaging.movements import PackagingMovement
from brand.regions.models import Region

Kind = PackagingMovement.Kind
FIRST_MONTH = date(2020, 1, 1)
_TO_SHELF = [*PackagingMovement.INTO_STOCK, Kind.COUNT]
_FROM_SHELF = list(PackagingMovement.OUT_OF_STOCK)
_FROM_MEMBER = [Kind.RETURN, *PackagingMovement.AT_MEMBER]


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item on the shelf over the month."""

    item: PackagingItem
    opening: int
    received: int
    returned: int
    issued: int
    spoiled: int
    adjusted: int
    written: int  # the stock after the last line of the ledger

    @property
    def closing(self) -> int:
        """Opening, what came, what left."""
        return self.opening + self.received + self.returned + self.adjusted - self.issued - self.spoiled

    @property
    def agrees(self) -> bool:
        """Whether the sums end where the ledger ends."""
        return self.closing == self.written


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One item at one member over the month."""

    member: Member
    item: PackagingItem
    opening: int
    issued: int
    used: int
    spoiled: int
    returned: int

    @property
    def closing(self) -> int:
        """Opening, what it took, what became of it."""
        return self.opening + self.issued - self.used - self.spoiled - self.returned


@dataclass(frozen=True, slots=True)
class Statement:
    """A county's packaging over one month; `first` is the month's first day."""

    region: Region
    first: date
    items: list[ItemLine]
    members: list[MemberLine]
    is_over: bool
    problems: list[str] = field(default_factory=list)


def month_of(text: str, *, today: date) -> date:
    """Return the first day of the month written `2026-11`; this month when it says something else."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return min(max(first, FIRST_MONTH), today.replace(day=1))


def month_before(first: date) -> date:
    """Return the first day of the month before."""
    return (first - timedelta(days=1)).replace(day=1)


def month_after(first: date) -> date:
    """Return the first day of the month after."""
    return (first + timedelta(days=31)).replace(day=1)


def statement(*, region: Region, first: date, today: date, member: Member | None = None) -> Statement:
    """Return the statement of a month, of one member alone if given. 4 queries, for a member 2."""
    start, end = _midnight(first), _midnight(month_after(first))
    lines = PackagingMovement.objects.filter(item__region=region, at__lt=end)
    items = [] if member else _item_lines(lines, start=start)
    members = _member_lines(lines.filter(member=member) if member else lines, start=start)
    problems = [
        _("%(item)s: the sums end at %(sums)d, the ledger at %(ledger)d.")
        % {"item": line.item, "sums": line.closing, "ledger": line.written}
        for line in items
        if not line.agrees
    ]
    return Statement(region, first, items, members, is_over=month_after(first) <= today, problems=problems)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _sum(*kinds: str, start: datetime) -> Coalesce:
    """Add up the month's movements of these kinds."""
    return Coalesce(Sum("quantity", filter=Q(kind__in=kinds, at__gte=start)), 0)


def _before(kinds: list[Kind], start: datetime) -> Coalesce:
    return Coalesce(Sum("quantity", filter=Q(kind__in=kinds, at__lt=start)), 0)


def _item_lines(lines: QuerySet[PackagingMovement], *, start: datetime) -> list[ItemLine]:
    last = lines.filter(item=OuterRef("item")).order_by("-place").values("after")[:1]
    rows: Iterable[Any] = list(
        lines.order_by()
        .values("item")
        .annotate(
            opening=_before(_TO_SHELF, start) - _before(_FROM_SHELF, start),
            received=_sum(Kind.RECEIPT, start=start),
            returned=_sum(Kind.RETURN, start=start),
            issued=_sum(Kind.ISSUE, start=start),
            spoiled=_sum(Kind.SPOILAGE, start=start),
            adjusted=_sum(Kind.COUNT, start=start),
            written=Subquery(last),
        )
    )
    items = PackagingItem.objects.in_bulk([row["item"] for row in rows])
    found = [ItemLine(item=items[row.pop("item")], **row) for row in rows]
    return sorted(found, key=lambda line: (line.item.name, line.item.pk))


def _member_lines(lines: QuerySet[PackagingMovement], *, start: datetime) -> list[MemberLine]:
    rows: Iterable[Any] = list(
        lines.exclude(member=None)
        .order_by()
        .values("member", "item")
        .annotate(
            opening=_before([Kind.ISSUE], start) - _before(_FROM_MEMBER, start),
            issued=_sum(Kind.ISSUE, start=start),
            used=_sum(Kind.USE, start=start),
            spoiled=_sum(Kind.LOSS, start=start),
            returned=_sum(Kind.RETURN, start=start),
        )
    )
    items = PackagingItem.objects.in_bulk({row["item"] for row in rows})
    members = Member.objects.in_bulk({row["member"] for row in rows})
    found = [
        MemberLine(member=members[row.pop("member")], item=items[row.pop("item")], **row) for row in rows
    ]
    shown = [
        line for line in found if line.opening or line.issued or line.used or line.returned or line.spoiled
    ]
    return sorted(shown, key=lambda line: (line.member.name, line.member.pk, line.item.name, line.item.pk))
