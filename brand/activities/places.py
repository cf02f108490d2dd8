"""Places at an activity: taken, waited for, offered, given up.

Every function locks the row of the activity first and its sign-ups after, so that two people who ask for
the last place at once are told apart, and a place given up is offered to one person only. The count of
places taken is kept on that row, where a constraint holds it to the capacity.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from brand.activities import telling
from brand.activities.models import Activity
from brand.activities.refusals import AlreadySignedUp, MembersOnly, NothingToCancel, OfferOver, SignUpClosed
from brand.activities.sign_ups import SignUp
from brand.acts.models import record_act
from brand.members.models import Member

State = SignUp.State


@contextmanager
def locked(activity: Activity) -> Iterator[Activity]:
    """Hold the activity alone in a transaction; afterwards its places are filled up and counted."""
    with transaction.atomic():
        yield Activity.objects.select_for_update().get(pk=activity.pk)


def sign_up(
    *,
    activity: Activity,
    name: str,
    phone: str = "",
    user: User | None = None,
    member: Member | None = None,
    at: datetime,
    by: User | None = None,
) -> SignUp:
    """Give a place to somebody whose `phone` (E.164) or account is confirmed, or the next turn to wait.

    `by` is the officer who writes somebody in by hand: also after the time and whoever it is open to.

    Raises:
        SignUpClosed, MembersOnly, AlreadySignedUp: no place, for that reason.
    """
    with locked(activity) as held:
        if held.called_off_at or (by is None and not held.takes_people(at=at)):
            raise SignUpClosed
        if by is None and held.audience == Activity.Audience.MEMBERS and member is None:
            raise MembersOnly
        _refuse_twice(held, phone, user)
        waits = held.is_full or held.sign_ups.queue().exists()
        made = SignUp.objects.create(
            activity=held,
            name=name,
            phone=phone,
            user=user,
            member=member,
            state=State.WAITING if waits else State.GOING,
            signed_up_at=at,
        )
        record_act(made, "signed_up", by=by or user, at=at, detail={"state": made.state})
        fill_places(held, at=at)
    made.refresh_from_db()
    made.activity = held
    kind = telling.GOING if made.state == State.GOING else telling.WAITING
    transaction.on_commit(partial(telling.tell, made, kind, at=at))
    return made


def cancel(*, sign_up: SignUp, at: datetime, by: User | None = None) -> None:
    """Give a place, an offer or a turn up; the next one who waits is asked.

    Raises:
        NothingToCancel: it ended before, or the person has checked in.
    """
    with locked(sign_up.activity) as held:
        live = SignUp.objects.live().filter(pk=sign_up.pk, checked_in_at=None)
        if not live.update(state=State.CANCELLED, answer_by=None, ended_at=at):
            raise NothingToCancel
        record_act(sign_up, "cancelled", by=by or sign_up.user, at=at)
        fill_places(held, at=at)
    sign_up.refresh_from_db()


def accept(*, sign_up: SignUp, at: datetime) -> None:
    """Say yes to an offered place.

    Raises:
        OfferOver: none is offered, or the time to answer is over.
    """
    with locked(sign_up.activity):
        offered = SignUp.objects.filter(pk=sign_up.pk, state=State.OFFERED, answer_by__gte=at)
        if not offered.update(state=State.GOING, answer_by=None):
            raise OfferOver
        record_act(sign_up, "accepted", by=sign_up.user, at=at)
    sign_up.refresh_from_db()


def lapse_offers(*, activity: Activity, at: datetime) -> int:
    """End the offers nobody answered in time and ask the next ones; return how many ended."""
    with locked(activity) as held:
        late = list(held.sign_ups.filter(state=State.OFFERED, answer_by__lt=at))
        for each in late:
            SignUp.objects.filter(pk=each.pk).update(state=State.LAPSED, answer_by=None, ended_at=at)
            record_act(each, "lapsed", by=None, at=at)
            each.activity = held
            transaction.on_commit(partial(telling.tell, each, telling.LAPSED, at=at))
        fill_places(held, at=at)
    return len(late)


def fill_places(held: Activity, *, at: datetime) -> None:
    """Offer what is free to those who wait, and write down how many places are taken. `held` is locked."""
    taken = held.sign_ups.holding().count()
    if at < held.starts_at and held.called_off_at is None:
        queue = held.sign_ups.queue()
        free = None if held.capacity is None else max(0, held.capacity - taken)
        for each in queue if free is None else queue[:free]:
            _offer(held, each, at)
            taken += 1
    held.places_taken = taken
    held.save(update_fields=["places_taken"])


def _offer(held: Activity, waiting: SignUp, at: datetime) -> None:
    """Ask one who waits; the answer is due when the activity begins at the latest."""
    waiting.activity = held
    waiting.state = State.OFFERED
    waiting.answer_by = min(at + timedelta(hours=held.answer_hours), held.starts_at)
    waiting.save(update_fields=["state", "answer_by"])
    record_act(waiting, "offered", by=None, at=at)
    transaction.on_commit(partial(telling.tell, waiting, telling.OFFERED, at=at))


def _refuse_twice(held: Activity, phone: str, user: User | None) -> None:
    same = Q(phone=phone) if phone else Q(pk=None)
    if user is not None:
        same |= Q(user=user)
    before = held.sign_ups.live().filter(same).first()
    if before is not None:
        raise AlreadySignedUp(before)
