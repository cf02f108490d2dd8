"""Follow-ups: planned when a class is over, asked by an officer, reminded of until they are done."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from training.classes.attendance import COUNTS, who_attended
from training.classes.follow_ups import FollowUp
from training.classes.looking_after import follow_ups_of
from training.classes.refusals import ClassRefused
from training.classes.telling import officers, tell
from training.classes.training_class import TrainingClass
from training.models import Trainee

TRIES: Final = 3
"""On so many days somebody is tried before the follow-up is closed as not reachable."""


class AskedAlready(ClassRefused):
    """Somebody wrote the answer down before."""

    def __init__(self) -> None:
        super().__init__(_("This answer is written down already."))


class TriedToday(ClassRefused):
    """Twice on one day is one try."""

    def __init__(self) -> None:
        super().__init__(_("Today's try is written down already. Try again on another day."))


def plan_follow_ups(*, at: datetime) -> int:
    """Plan whom to ask of the classes that are over, and return how many people are new.

    Who attended and whose name is still known is asked; also who was found to have attended later, because
    a phone delivered what it kept or the teacher settled a doubt.
    """
    over = TrainingClass.objects.filter(
        activity__ends_at__lt=at - timedelta(days=1),
        activity__contacts_erased_at=None,
        activity__called_off_at=None,
        follow_up_days__gt=0,
    )
    unplanned = over.filter(
        meetings__check_ins__standing=COUNTS, meetings__check_ins__sign_up__follow_ups=None
    )
    return sum(_plan(each) for each in unplanned.select_related("activity").distinct())


def record_answer(
    *,
    follow_up: FollowUp,
    outcome: str,
    way: str,
    income: str = "",
    words: str = "",
    by: User,
    at: datetime,
) -> None:
    """Write down what became of somebody; who was not reached stays due (`record_try`).

    Raises:
        AskedAlready: it is written down.
        TriedToday: nobody was reached, for the second time today.
    """
    if outcome == FollowUp.Outcome.UNREACHED:
        record_try(follow_up=follow_up, way=way, by=by, at=at)
        return
    facts = {"outcome": outcome, "way": way, "income": income, "words": words.strip()}
    with transaction.atomic():
        # compare-and-set: of two officers who call the same person the first one's words stand
        open_one = FollowUp.objects.filter(pk=follow_up.pk, asked_at=None)
        if not open_one.update(asked_at=at, asked_by=by, **facts):
            raise AskedAlready
        record_act(follow_up, "answered", by=by, at=at, detail={"outcome": outcome})
    follow_up.refresh_from_db()


def record_try(*, follow_up: FollowUp, way: str, by: User, at: datetime) -> int:
    """Write down that somebody was not reached today; return how often that is. The third day closes it.

    Raises:
        AskedAlready: an answer is written down, or it is closed.
        TriedToday: today's try is written down.
    """
    today = timezone.localdate(at)
    with transaction.atomic():
        # the row is held: of two officers who try at once the second one is told of the first
        held = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
        if held.asked_at is not None:
            raise AskedAlready
        if held.tries.filter(tried_on=today).exists():
            raise TriedToday
        held.tries.create(tried_on=today, way=way, tried_by=by)
        count = held.tries.count()
        if count >= TRIES:
            held.asked_at, held.asked_by, held.way = at, by, way
            held.outcome = FollowUp.Outcome.UNREACHED
            held.save(update_fields=["asked_at", "asked_by", "way", "outcome"])
        record_act(held, "tried", by=by, at=at, detail={"try": count})
    follow_up.refresh_from_db()
    return count


def remind(*, at: datetime) -> int:
    """Tell each officer how many of theirs are due, once a day; return how many there are."""
    today = timezone.localdate(at)
    for officer in officers():
        due = follow_ups_of(officer).due(on=today).count()
        if due:
            tell(
                [officer],
                "class_follow_ups",
                {"count": str(due)},
                at=at,
                key=f"class_follow_ups:{today}",
                url=reverse("training-follow-ups:index"),
            )
    return FollowUp.objects.due(on=today).count()


def _plan(training_class: TrainingClass) -> int:
    ended = timezone.localdate(training_class.activity.ends_at)
    due = ended + timedelta(days=training_class.follow_up_days)
    people = list(who_attended(training_class).filter(follow_ups=None))
    accounts = [person.user_id for person in people if person.user_id]
    trainees = {trainee.user_id: trainee for trainee in Trainee.objects.filter(user__in=accounts)}
    rows = [
        FollowUp(
            training_class=training_class,
            sign_up=person,
            trainee=trainees.get(person.user_id or 0),
            due_on=due,
        )
        for person in people
    ]
    # another worker may do the same at once: one row each
    FollowUp.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
