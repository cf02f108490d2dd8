"""Selling: a package leaves for its buyer, and comes back where the buyer returns it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from record.codes.acts import note_act
from record.codes.refusals import CodesRefused
from record.codes.selections import listed, refuse
from record.models import Batch, Code, CodeAct


def sell_codes(*, serials: Iterable[str], at: datetime, by: User | None = None, reason: str = "") -> int:
    """Mark the listed packages as sold, all or none, and return how many those are.

    `reason` says with what (the number of a parcel) and is kept with the act.

    Raises:
        CodesRefused: some are unknown, not activated, void, sold already, suspected of having copies, or of
            a batch that is being recalled.
    """
    codes = listed(serials)
    with transaction.atomic():
        batches = _locked_batches(codes.codes.order_by().values_list("batch", flat=True).distinct())
        recalled = [batch.pk for batch in batches if batch.is_recalled]
        refuse(codes.codes.filter(batch__in=recalled), _("Being recalled, they stay here: {serials}"))
        refuse(codes.codes.filter(state=Code.State.SOLD), _("Sold already: {serials}"))
        refuse(codes.codes.filter(state=Code.State.VOIDED), _("Void: {serials}"))
        refuse(codes.codes.exclude(suspected_at=None), _("Suspected of having copies: {serials}"))
        refuse(codes.codes.exclude(state=Code.State.ACTIVATED), _("Not activated yet: {serials}"))
        # compare-and-set: of two who sell one package at once the second finds it sold
        count = codes.codes.filter(state=Code.State.ACTIVATED).update(state=Code.State.SOLD)
        if count != len(codes.named):
            raise CodesRefused([_("Somebody sold one of them meanwhile.")])
        note_act(CodeAct.Kind.SELL, count=count, at=at, by=by, reason=reason, serials=codes.named)
    return count


def take_back_codes(*, serials: Iterable[str], at: datetime, by: User | None = None, reason: str = "") -> int:
    """Mark sold packages as in use again, because they came back unopened; return how many those are.

    Raises:
        CodesRefused: some were never sold.
    """
    codes = listed(serials)
    with transaction.atomic():
        refuse(codes.codes.exclude(state=Code.State.SOLD), _("Not sold: {serials}"))
        count = codes.codes.filter(state=Code.State.SOLD).update(state=Code.State.ACTIVATED)
        note_act(CodeAct.Kind.TAKE_BACK, count=count, at=at, by=by, reason=reason, serials=codes.named)
    return count


def _locked_batches(pks: Iterable[int | None]) -> list[Batch]:
    """Return the batches, locked in the order of their keys: a recall comes before or after the sale."""
    wanted = [pk for pk in pks if pk is not None]
    return list(Batch.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk"))
