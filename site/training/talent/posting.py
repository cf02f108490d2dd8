"""A member's post: sent in, approved or sent back by the office, changed, closed.

The list and the page of a post are public and cached: every change of what they show is told to the outbox.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from brand.acts.models import record_act
from brand.members.interests import refuse_own
from brand.models import Member
from changes.outbox import record
from training.models import JobApplication, JobPost
from training.talent import telling
from training.talent.refusals import DayHasPassed, JobRefused
from training.talent.standing import require_standing

LONGEST: Final = timedelta(days=183)
State = JobPost.State


@dataclass(frozen=True, slots=True)
class Post:
    """What a member writes. Pay in yuan a month."""

    title: str
    work: str
    hours: str
    place: str
    text: str
    until: date
    people: int = 1
    pay_from: int | None = None
    pay_to: int | None = None


def send_in(*, member: Member, by: User, post: Post, at: datetime) -> JobPost:
    """Hand a post in for the office to read.

    Raises:
        NotInGoodStanding: the member may not look for people at the moment.
        DayHasPassed: its last day has passed, or lies too far away.
    """
    require_standing(member, at=at)
    job = JobPost(region=member.region, member=member, posted_by=by, posted_at=at)
    with transaction.atomic():
        _write(job, post, at)
        record_act(job, "submitted", by=by, at=at)
    return job


def change(*, job: JobPost, by: User, post: Post, at: datetime) -> None:
    """Write a post anew; the office reads it again before the public does.

    Raises:
        NotInGoodStanding, DayHasPassed: as for a new one.
        JobRefused: it is closed.
    """
    require_standing(job.member, at=at)
    with transaction.atomic():
        held = _locked(job, State.SENT, State.APPROVED, State.REFUSED)
        held.state, held.refused_why, held.decided_at, held.posted_by = State.SENT, "", None, by
        _write(held, post, at)
        record_act(held, "edited", by=by, at=at)
        record(held, region=held.region.slug)
    job.refresh_from_db()


def approve(*, job: JobPost, by: User, at: datetime) -> None:
    """Show a post to everybody.

    Raises:
        JobRefused: it does not wait.
        DayHasPassed: its last day has passed meanwhile.
        NotInGoodStanding: the member may not look for people any more.
        ConflictOfInterest: nobody approves the post of their own company.
    """
    refuse_own(by, member=job.member)
    require_standing(job.member, at=at)
    if job.is_over(on=timezone.localdate(at)):
        raise DayHasPassed
    _decide(job, State.APPROVED, "", by, at)


def send_back(*, job: JobPost, why: str, by: User, at: datetime) -> None:
    """Send a post back with the reason; the member may change it and hand it in again.

    Who applied to what the office refuses is let go, and told: the number was for another post than this.

    Raises:
        JobRefused: it is closed or was sent back before.
        ConflictOfInterest: it is their own company's.
    """
    refuse_own(by, member=job.member)
    _decide(job, State.REFUSED, why, by, at)


def close(*, job: JobPost, by: User, at: datetime) -> None:
    """Close a post before its day, and its applications with it; who applied is told.

    Raises:
        JobRefused: it is closed.
    """
    with transaction.atomic():
        held = _locked(job, State.SENT, State.APPROVED, State.REFUSED)
        held.state = State.CLOSED
        held.save(update_fields=["state"])
        close_applications(held, at=at)
        record_act(held, "closed", by=by, at=at)
        record(held, region=held.region.slug)
    job.refresh_from_db()


def close_applications(job: JobPost, *, at: datetime) -> int:
    """End what lets the member of a post in, each with a word to who applied; return how many.

    Also what the member had answered: whoever wants to go on talking asks, and the trainee decides.
    """
    live = JobApplication.objects.filter(job=job, state__in=JobApplication.LIVE)
    for each in live.select_related("trainee__user"):
        words = {"job": job.title, "answer": JobApplication.State.CLOSED.label}
        told = partial(
            telling.tell, each.trainee.user, telling.APPLICATION_ANSWERED, about=each.pk, words=words,
            path=reverse("training:my-talent"), at=at, occasion="closed",
        )  # fmt: skip
        transaction.on_commit(told)
    return live.update(state=JobApplication.State.CLOSED, answered_at=at)


def _write(job: JobPost, post: Post, at: datetime) -> None:
    today = timezone.localdate(at)
    if not today <= post.until <= today + LONGEST:
        raise DayHasPassed
    for name in post.__slots__:
        setattr(job, name, getattr(post, name))
    job.save()


def _decide(job: JobPost, state: str, why: str, by: User, at: datetime) -> None:
    allowed = (State.SENT,) if state == State.APPROVED else (State.SENT, State.APPROVED)
    with transaction.atomic():
        held = _locked(job, *allowed)
        held.state, held.refused_why, held.decided_at = state, why, at
        held.save(update_fields=["state", "refused_why", "decided_at"])
        if state == State.REFUSED:
            close_applications(held, at=at)
        record_act(held, "approved" if state == State.APPROVED else "returned", by=by, at=at, note=why)
        record(held, region=held.region.slug)
    job.refresh_from_db()
    words = {"job": job.title, "answer": State(job.state).label, "why": why}
    path = reverse("training:our-job", args=[job.pk])
    telling.tell_member(
        job.posted_by,
        telling.JOB_DECIDED,
        member=job.member,
        about=job.pk,
        words=words,
        path=path,
        at=at,
        occasion=f"{at:%y%m%d%H%M%S}",
    )


def _locked(job: JobPost, *states: str) -> JobPost:
    rows = JobPost.objects.select_for_update(of=("self",)).select_related("region", "member", "posted_by")
    held = rows.filter(pk=job.pk, state__in=states).first()
    if held is None:
        raise JobRefused
    return held
