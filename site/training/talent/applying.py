"""Answering a post with one's profile. By applying the trainee lets the member of the post in."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from training.models import JobApplication, JobPost, Talent, Trainee
from training.talent import telling
from training.talent.ending import shut_out
from training.talent.numbers import refuse_numbers
from training.talent.refusals import (
    AnsweredAlready,
    AppliedAlready,
    JobOver,
    MemberKeptOut,
    NotInThePool,
    OtherCounty,
)
from training.talent.standing import why_not

State = JobApplication.State


def apply_for(*, job: JobPost, trainee: Trainee, words: str = "", at: datetime) -> JobApplication:
    """Send one's profile to the member of a post.

    Raises:
        NotInThePool: there is no profile to send, or its consent ran out.
        OtherCounty: the post is of a county where the profile is not shown.
        JobOver: the post is closed, or its day has passed.
        MemberKeptOut: the member may not look for people any more.
        AppliedAlready: once is enough.
        NumberInWords: the words carry a telephone number.
    """
    refuse_numbers(words)
    with transaction.atomic():
        held = _running(job, at)
        if why_not(held.member, at=at):
            raise MemberKeptOut
        talent = Talent.objects.select_for_update(of=("self",)).filter(trainee=trainee).first()
        if talent is None or not talent.consent.holds(at=at):
            raise NotInThePool
        if talent.region_id != held.region_id:
            raise OtherCounty
        made = JobApplication(
            job=held, trainee=trainee, called=talent.called, words=words.strip(), applied_at=at
        )
        try:
            with transaction.atomic():
                made.save()
        except IntegrityError as error:
            raise AppliedAlready from error
    path = reverse("training:our-job", args=[held.pk])
    telling.tell_member(
        held.posted_by, telling.APPLIED, member=held.member, about=made.pk, words={"job": held.title},
        path=path, at=at,
    )  # fmt: skip
    return made


def _running(job: JobPost, at: datetime) -> JobPost:
    """Return the post, locked: one sent back or closed in this moment takes nobody after it."""
    running = JobPost.objects.running(on=timezone.localdate(at)).select_related("member", "posted_by")
    held = running.select_for_update(of=("self",), no_key=True).filter(pk=job.pk).first()
    if held is None:
        raise JobOver
    return held


def take_back(*, application: JobApplication, trainee: Trainee, at: datetime) -> None:
    """Take an application back; its member reads the number no more, whatever else was sent to them.

    Raises:
        AnsweredAlready: it is not live any more.
    """
    mine = JobApplication.objects.filter(pk=application.pk, trainee=trainee, state__in=JobApplication.LIVE)
    if not mine.exists() or not shut_out(application.job.member_id, trainee, at=at):
        raise AnsweredAlready


def answer(*, application: JobApplication, wanted: bool, words: str = "", at: datetime) -> None:
    """Answer somebody who applied.

    Raises:
        AnsweredAlready: they took it back, left, or were answered before.
    """
    state = State.WANTED if wanted else State.DECLINED
    waiting = JobApplication.objects.filter(pk=application.pk, state=State.SENT)
    if not waiting.update(state=state, answered_at=at, answer=words.strip()):
        raise AnsweredAlready
    application.refresh_from_db()
    facts = {"job": application.job.title, "answer": State(application.state).label}
    telling.tell(
        application.trainee.user, telling.APPLICATION_ANSWERED, about=application.pk, words=facts,
        path=reverse("training:my-talent"), at=at,
    )  # fmt: skip
