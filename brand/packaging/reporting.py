"""Reporting: what became at the member of what it took: used up, spoiled."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from brand.members.models import Member
from brand.packaging.items import PackagingItem
from brand.packaging.movements import PackagingMovement
from brand.packaging.numbers import Paper, new_number
from brand.packaging.posting import post
from brand.packaging.refusals import PackagingRefused

Kind = PackagingMovement.Kind


@transaction.atomic
def report_use(
    *,
    member: Member,
    item: PackagingItem,
    used: int,
    spoiled: int,
    note: str,
    by: User | None,
    at: datetime,
) -> list[PackagingMovement]:
    """Write down what a member used and spoiled since its last report.

    Raises:
        PackagingRefused: neither, or something spoiled without a word about how.
        NotEnough: the member has less.
    """
    counts = [(Kind.USE, used), (Kind.LOSS, spoiled)]
    if min(used, spoiled) < 0 or not any(count for _kind, count in counts):
        raise PackagingRefused(_("Write how many were used or spoiled."))
    if spoiled and not note.strip():
        raise PackagingRefused(_("Write how they were spoiled."))
    number = new_number(Paper.REPORT, region=item.region, at=at)
    return [
        post(item=item, kind=kind, quantity=count, number=number, member=member, note=note, by=by, at=at)
        for kind, count in counts
        if count
    ]
