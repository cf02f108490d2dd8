"""The discussion of a course: what is said, who reads it, what others report, what is taken down.

What somebody says first is read by a teacher or officer before it is shown. Who was shown before and never
taken down is shown at once. What two others report is not shown until somebody has looked at it.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from training.courses.course import CoursePage
from training.discussion.contributions import Contribution, Report
from training.discussion.refusals import NotSaid
from training.discussion.words import words_of
from training.learning.enrolments import Enrolment
from training.learning.trainees import Trainee

MOST_AN_HOUR = 10
REPORTS_TO_HIDE = 2

State = Contribution.State


def contribute(
    *, trainee: Trainee, course: CoursePage, text: str, at: datetime, reply_to: Contribution | None = None
) -> Contribution:
    """Say something in the discussion of a course, or reply to what is shown there.

    Raises:
        NotSaid: not in the course, empty, too long, too much at once, or what is replied to is gone.
    """
    _refuse_who_is_not_in(trainee, course)
    words = words_of(text, most=Contribution.LONGEST)
    if trainee.contributions.filter(written_at__gt=at - timedelta(hours=1)).count() >= MOST_AN_HOUR:
        raise NotSaid(_("That is a lot at once. Go on in an hour."))
    if reply_to is not None and (reply_to.course_id != course.pk or reply_to.state != State.SHOWN):
        raise NotSaid(_("What you reply to is not there any more."))
    return Contribution.objects.create(
        course=course,
        trainee=trainee,
        reply_to=reply_to.reply_to or reply_to if reply_to else None,
        text=words,
        written_at=at,
        state=State.SHOWN if is_trusted(trainee) else State.WAITING,
    )


def is_trusted(trainee: Trainee) -> bool:
    """Tell whether somebody approved of this person's words before and nobody had to take any down."""
    decided = trainee.contributions.exclude(decided_at=None).values_list("state", flat=True)
    return State.SHOWN in (states := set(decided)) and State.HIDDEN not in states


def show(*, contribution: Contribution, by: User, at: datetime) -> None:
    """Let everybody in the course read it; reports against it are settled by that."""
    _decide(contribution, State.SHOWN, by=by, at=at, why="")


def take_down(*, contribution: Contribution, why: str, by: User, at: datetime) -> None:
    """Take it down; who wrote it reads why.

    Raises:
        NotSaid: no reason is given.
    """
    if not why.strip():
        raise NotSaid(_("Say why: who wrote it reads it."))
    _decide(contribution, State.HIDDEN, by=by, at=at, why=why.strip())


def report(*, contribution: Contribution, trainee: Trainee, why: str, at: datetime) -> None:
    """Say that something should not stand there; of two reports it waits until somebody has looked.

    Raises:
        NotSaid: not in the course, one's own, or without a reason; a second report of the same person
            changes nothing.
    """
    _refuse_who_is_not_in(trainee, contribution.course)
    if contribution.trainee_id == trainee.pk:
        raise NotSaid(_("This is your own."))
    if not why.strip():
        raise NotSaid(_("Say what is wrong with it."))
    with transaction.atomic():
        # of two who report at once one waits here and counts both
        held = Contribution.objects.select_for_update(of=("self",)).get(pk=contribution.pk)
        try:
            with transaction.atomic():
                Report.objects.create(
                    contribution=held, trainee=trainee, why=why.strip()[:200], reported_at=at
                )
        except IntegrityError:
            return
        opened = held.reports.filter(settled_at=None).count()
        if held.state == State.SHOWN and opened >= REPORTS_TO_HIDE:
            held.state = State.WAITING
            held.save(update_fields=["state"])
            record_act(held, "reported", by=None, at=at)


def _decide(contribution: Contribution, state: str, *, by: User, at: datetime, why: str) -> None:
    with transaction.atomic():
        rows = Contribution.objects.filter(pk=contribution.pk)
        rows.update(state=state, decided_by=by, decided_at=at, why=why)
        contribution.reports.filter(settled_at=None).update(settled_at=at)
        record_act(contribution, "shown" if state == State.SHOWN else "taken_down", by=by, at=at, note=why)
    contribution.refresh_from_db()


def _refuse_who_is_not_in(trainee: Trainee, course: CoursePage) -> None:
    if not Enrolment.objects.holding().filter(trainee=trainee, course=course).exists():
        raise NotSaid(_("Who is in the course can take part."))
