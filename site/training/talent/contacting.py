"""Asking somebody in the pool, and their answer. Contact data follows the answer, never the question."""

from datetime import datetime, timedelta
from functools import partial
from typing import Final

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from brand.models import Member
from training.models import ContactRequest, JobPost, Talent, Trainee
from training.talent import telling
from training.talent.ending import shut_out
from training.talent.numbers import refuse_numbers
from training.talent.refusals import (
    AnsweredAlready,
    AskedAlready,
    DeclinedLately,
    EnoughForToday,
    LeftThePool,
    MemberKeptOut,
    NotInThePool,
)
from training.talent.standing import require_standing, why_not

A_DAY: Final = 10
"""Requests of one member in one day."""
LEFT_ALONE: Final = timedelta(days=90)
"""After a no."""
ANSWER_WITHIN: Final = timedelta(days=14)

State = ContactRequest.State


def ask(
    *, talent_pk: int, member: Member, by: User, message: str, job: JobPost | None = None, at: datetime
) -> ContactRequest:
    """Ask somebody in the name of a member; they are told at once.

    Raises:
        NotInGoodStanding: the member may not ask at the moment, also when that changed since the search.
        LeftThePool: the person has gone meanwhile.
        AskedAlready: a question waits, or was accepted.
        DeclinedLately: they said no less than ninety days ago.
        EnoughForToday: the member's limit of the day.
        NumberInWords: the message carries a telephone number.
    """
    refuse_numbers(message)
    with transaction.atomic():
        # the member first (its limit, a bar), the profile second (its end): everybody in this order
        Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        require_standing(member, at=at)
        rows = Talent.objects.select_for_update(of=("self",)).select_related("trainee__user")
        talent = rows.filter(pk=talent_pk, region=member.region_id).first()
        if talent is None or not talent.consent.holds(at=at):
            raise LeftThePool
        _refuse(talent, member, at)
        request = ContactRequest(
            trainee=talent.trainee, member=member, job=job, asked_by=by, called=talent.called,
            message=message.strip(), asked_at=at,
        )  # fmt: skip
        try:
            with transaction.atomic():
                request.save()
        except IntegrityError as error:
            raise AskedAlready from error
    path = reverse("training:my-request", args=[request.pk])
    words = {"member": member.name}
    telling.tell(talent.trainee.user, telling.ASKED, about=request.pk, words=words, path=path, at=at)
    return request


def accept(*, request: ContactRequest, trainee: Trainee, answer: str = "", at: datetime) -> None:
    """Say yes: from now on the member reads name and number.

    Raises:
        AnsweredAlready: it was answered or closed before.
        NumberInWords: the answer carries a telephone number.
        MemberKeptOut: the member may not look for people any more.
        NotInThePool: the consent ended or ran out; there is nothing to let them in to.
    """
    with transaction.atomic():
        # locked in the order of `ask`: no bar and no end comes between the look at them and the yes
        member = Member.objects.select_for_update(no_key=True).get(pk=request.member_id)
        talent = Talent.objects.select_for_update(of=("self",)).filter(trainee=trainee).first()
        if talent is not None and not talent.consent.holds(at=at):
            raise NotInThePool
        if why_not(member, at=at):
            raise MemberKeptOut
        _answer(request, trainee, State.ACCEPTED, answer, at)


def decline(*, request: ContactRequest, trainee: Trainee, answer: str = "", at: datetime) -> None:
    """Say no: the member reads nothing but that, and may not ask again for ninety days.

    Raises:
        AnsweredAlready: it was answered or closed before.
        NumberInWords: the answer carries a telephone number.
    """
    _answer(request, trainee, State.DECLINED, answer, at)


def take_back(*, request: ContactRequest, trainee: Trainee, at: datetime) -> None:
    """Take the number back from the member who asked, also what an application to them shows.

    Raises:
        AnsweredAlready: nothing lets them in any more.
    """
    if not shut_out(request.member_id, trainee, at=at):
        raise AnsweredAlready
    request.refresh_from_db()


def lapse(*, at: datetime) -> int:
    """Close requests that were not answered in two weeks; return how many."""
    old = ContactRequest.objects.filter(state=State.OPEN, asked_at__lt=at - ANSWER_WITHIN)
    return old.update(state=State.LAPSED, answered_at=at)


def asks_left(member: Member, *, at: datetime) -> int:
    """Return how many people a member may still ask today. 1 query."""
    return max(0, A_DAY - _asked_today(member, at))


def _asked_today(member: Member, at: datetime) -> int:
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    return ContactRequest.objects.filter(member=member, asked_at__gte=midnight, asked_at__lte=at).count()


def _refuse(talent: Talent, member: Member, at: datetime) -> None:
    last = ContactRequest.objects.filter(trainee=talent.trainee, member=member).first()
    if last is not None and last.state in {State.OPEN, State.ACCEPTED} and last.asked_at >= talent.joined_at:
        raise AskedAlready
    if last is not None and last.state == State.DECLINED and last.answered_at:
        again = last.answered_at + LEFT_ALONE
        if at < again:
            raise DeclinedLately(timezone.localdate(again))
    if _asked_today(member, at) >= A_DAY:
        raise EnoughForToday(
            _("Your company has asked %(most)d people today. Tomorrow more.") % {"most": A_DAY}
        )


def _answer(request: ContactRequest, trainee: Trainee, state: str, answer: str, at: datetime) -> None:
    refuse_numbers(answer)
    facts = {"state": state, "answered_at": at, "answer": answer.strip()}
    # compare-and-set: leaving the pool in the same moment closes it, and then there is nothing to accept
    if not ContactRequest.objects.filter(pk=request.pk, trainee=trainee, state=State.OPEN).update(**facts):
        raise AnsweredAlready
    request.refresh_from_db()
    words = {"answer": State(request.state).label}
    told = partial(
        telling.tell_member, request.asked_by, telling.ANSWERED, member=request.member, about=request.pk,
        words=words, path=reverse("training:asked", args=[request.pk]), at=at,
    )  # fmt: skip
    transaction.on_commit(told)
