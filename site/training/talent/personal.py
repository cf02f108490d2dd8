"""The talent pool about one person: taken along whole, deleted whole."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from accounts.models import User
from brand.acts.models import Act
from notices.models import Notice
from training.models import (
    ContactRequest,
    EmployerBar,
    JobApplication,
    JobPost,
    Talent,
    TalentConsent,
    TalentLook,
    Trainee,
)
from training.talent import telling
from training.talent.joining import leave
from training.talent.refusals import NotInThePool

SHOWN = (
    "headline", "about", "hours", "reach", "place", "pay_from", "pay_to", "available_from", "phone",
    "joined_at", "changed_at", "called",
)  # fmt: skip
ANSWERED = ("state", "answered_at", "answer")
POOL_ACTS = ("joined_pool", "agreed_anew", "pool_withdrawn", "pool_ran_out", "pool_taken_out")
"""What the trail of a trainee says of the pool."""


def export(user: User) -> dict[str, Any]:
    """Return the profile, what was agreed to, who looked and asked, where the person applied, what was done.

    Who acts for members takes along what they wrote; not to whom, that is somebody else's.
    """
    mine = {"trainee__user": user}
    profile = Talent.objects.filter(**mine).select_related("region", "trainee").first()
    consents = TalentConsent.objects.filter(**mine)
    asked = ContactRequest.objects.filter(**mine)
    applied = JobApplication.objects.filter(**mine)
    written = ContactRequest.objects.filter(asked_by=user)
    return {
        "talent_profile": profile and _shown(profile),
        "talent_consents": list(
            consents.values("version", "text", "given_at", "until", "ended_at", "ended", "ended_why")
        ),
        "talent_looks": list(TalentLook.objects.filter(**mine).values("member__name", "day")),
        "talent_requests": list(
            asked.values("member__name", "job__title", "called", "message", "asked_at", *ANSWERED)
        ),
        "talent_applications": list(
            applied.values("job__title", "job__member__name", "called", "words", "applied_at", *ANSWERED)
        ),
        "talent_acts": list(_acts(user).values("verb", "note", "at")),
        "talent_written": list(written.values("member__name", "job__title", "message", "asked_at", "state")),
        "talent_job_posts": list(
            JobPost.objects.filter(posted_by=user).values(
                "member__name", "title", "text", "place", "posted_at", "state", "refused_why"
            )
        ),
    }


def _shown(profile: Talent) -> dict[str, Any]:
    return {
        **{name: getattr(profile, name) for name in SHOWN},
        "county": profile.region.name,
        "abilities": [each.work for each in profile.abilities.all()],
        "interests": [each.work for each in profile.interests.all()],
    }


def keeps(user: User) -> list[str]:
    """Return what stays: nothing."""
    return []


def erase(*, user: User, at: datetime) -> None:
    """End the consent and delete every row about the person; what they did for a member loses their name."""
    forget(user=user, at=at)
    ContactRequest.objects.filter(asked_by=user).update(asked_by=None)
    JobPost.objects.filter(posted_by=user).update(posted_by=None)
    TalentLook.objects.filter(by=user).update(by=None)
    EmployerBar.objects.filter(by=user).update(by=None)


def forget(*, user: User, at: datetime) -> None:
    """Delete everything of the pool about a trainee: looks, consents, trail, what they were told."""
    mine = {"trainee__user": user}
    consent = TalentConsent.objects.standing().filter(**mine).select_related("trainee__user").first()
    if consent is not None:
        with suppress(NotInThePool):  # run out in this very moment
            leave(trainee=consent.trainee, at=at)
    for model in (JobApplication, ContactRequest, TalentLook, TalentConsent):
        model._default_manager.filter(**mine).delete()
    _acts(user).delete()
    Notice.objects.filter(user=user, kind__in=telling.TO_TRAINEES).delete()


def _acts(user: User) -> QuerySet[Act]:
    trainees = Trainee.objects.filter(user=user).values("pk")
    kind = ContentType.objects.get_for_model(Trainee)
    return Act.objects.filter(subject_type=kind, subject_id__in=trainees, verb__in=POOL_ACTS)
