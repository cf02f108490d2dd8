"""Follow-ups: planned when a class is over, asked by an officer, reminded of until they are done."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from training.classes.attendance import who_attended
from training.classes.follow_ups import FollowUp
from training.classes.refusals import ClassRefused
from training.classes.telling import tell_officers
from training.classes.training_class import TrainingClass
from training.models import Trainee


class AskedAlready(ClassRefused):
    """Somebody wrote the answer down before."""

    def __init__(self) -> None:
        super().__init__(_("This answer is written down already."))


def plan_follow_ups(*, at: datetime) -> int:
    """Plan whom to ask, of every class that is over and has none planned; return how many people.

    Who attended and whose name is still known is asked; a class without anybody is looked at again.
    """
    over = TrainingClass.objects.filter(
        activity__ends_at__lt=at - timedelta(days=1),
        activity__contacts_erased_at=None,
        activity__called_off_at=None,
        follow_up_days__gt=0,
        follow_ups=None,
    )
    return sum(_plan(each) for each in over.select_related("activity"))


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
    """Write down what became of somebody; who was not reached is asked again a fortnight later.

    Raises:
        AskedAlready: it is written down.
    """
    facts = {"outcome": outcome, "way": way, "income": income, "words": words.strip()}
    with transaction.atomic():
        # compare-and-set: of two officers who call the same person the first one's words stand
        open_one = FollowUp.objects.filter(pk=follow_up.pk, asked_at=None)
        if not open_one.update(asked_at=at, asked_by=by, **facts):
            raise AskedAlready
        record_act(follow_up, "answered", by=by, at=at, detail={"outcome": outcome})
    follow_up.refresh_from_db()


def remind(*, at: datetime) -> int:
    """Tell the officers how many are due, once a day; return how many."""
    today = timezone.localdate(at)
    due = FollowUp.objects.due(on=today).count()
    if due:
        tell_officers(
            "class_follow_ups",
            {"count": str(due)},
            at=at,
            key=f"class_follow_ups:{today}",
            url=reverse("training-follow-ups:index"),
        )
    return due


def _plan(training_class: TrainingClass) -> int:
    ended = timezone.localdate(training_class.activity.ends_at)
    due = ended + timedelta(days=training_class.follow_up_days)
    people = list(who_attended(training_class))
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
