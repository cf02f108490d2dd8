"""Reporting: what became at the member of what it took: used up, spoiled."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from brand.members.models import Member
from brand.packaging.holdings import PackagingHolding
from brand.packaging.items import PackagingItem
from brand.packaging.movements import PackagingMovement
from brand.packaging.numbers import Paper, new_number
from brand.packaging.posting import post
from brand.packaging.refusals import PackagingRefused, SettledAlready

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
    seen: int | None = None,
) -> list[PackagingMovement]:
    """Write down what a member used and spoiled since its last report.

    `seen` is what the member had left when the form was shown: a form sent twice, or a report of a
    colleague in between, is noticed by it.

    Raises:
        PackagingRefused: neither, or something spoiled without a word about how.
        SettledAlready: the member has another number left than was seen.
        NotEnough: the member has less.
    """
    if min(used, spoiled) < 0 or not used + spoiled:
        raise PackagingRefused(_("Write how many were used or spoiled."))
    if spoiled and not note.strip():
        raise PackagingRefused(_("Write how they were spoiled."))
    # the note tells how they were spoiled; it stands with the used ones only where none were
    counts = [(Kind.USE, used, "" if spoiled else note), (Kind.LOSS, spoiled, note)]
    number = new_number(Paper.REPORT, region=item.region, at=at)
    if seen is not None:
        _refuse_unseen(member, item, seen=seen)
    return [
        post(item=item, kind=kind, quantity=count, number=number, member=member, note=words, by=by, at=at)
        for kind, count, words in counts
        if count
    ]


def _refuse_unseen(member: Member, item: PackagingItem, *, seen: int) -> None:
    # the number's series is locked already, so two reports come one after the other
    holding = PackagingHolding.objects.filter(member=member, item=item).first()
    left = holding.remaining if holding else 0
    if left != seen:
        raise SettledAlready(
            _("Entered meanwhile: %(left)d %(unit)s are left, not %(seen)d. Look and send again.")
            % {"left": left, "unit": item.unit, "seen": seen}
        )
