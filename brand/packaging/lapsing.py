"""Lapsing: approved goods nobody came for in time are free again for others."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from brand.acts.models import record_act
from brand.packaging.answering import tell_answer
from brand.packaging.asking import give_up, locked_request
from brand.packaging.requests import PackagingRequest

State = PackagingRequest.State


def lapse_overdue(*, at: datetime) -> int:
    """Give up every request past its last day, each in a transaction of its own; return how many."""
    today = timezone.localdate(at)
    overdue = PackagingRequest.objects.filter(state=State.APPROVED, keep_until__lt=today)
    return sum(lapse_request(request=request, at=at) for request in overdue)


@transaction.atomic
def lapse_request(*, request: PackagingRequest, at: datetime) -> bool:
    """Give up one; False when it was picked up or withdrawn meanwhile."""
    request = locked_request(request)
    today = timezone.localdate(at)
    if request.state != State.APPROVED or request.keep_until is None or request.keep_until >= today:
        return False
    give_up(request, State.LAPSED)
    record_act(request, "lapsed", by=None, at=at)
    transaction.on_commit(lambda: tell_answer(request, kind="packaging_lapsed", at=at))
    return True
