"""What ends: with a consent all that waits, with a number taken back all that lets one member in."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.urls import reverse

from accounts.models import User
from brand.models import Member
from training.models import ContactRequest, JobApplication, Talent, Trainee
from training.talent import telling


def close_all(trainee: Trainee, *, at: datetime) -> None:
    """Close what waits; call it in the transaction that ends the consent.

    What was answered stays answered; nobody reads contact data of it any more, because there is no profile.
    """
    asked = ContactRequest.objects.filter(trainee=trainee, state=ContactRequest.State.OPEN)
    for request in asked.select_related("asked_by", "member"):
        path = reverse("training:asked", args=[request.pk])
        _tell_after(request.asked_by, request.member, request, path, at)
    asked.update(state=ContactRequest.State.CLOSED, answered_at=at)
    sent = JobApplication.objects.filter(trainee=trainee, state__in=JobApplication.LIVE)
    for application in sent.select_related("job__posted_by", "job__member"):
        path = reverse("training:our-job", args=[application.job_id])
        _tell_after(application.job.posted_by, application.job.member, application, path, at)
    sent.update(state=JobApplication.State.WITHDRAWN, answered_at=at)
    # what members read of who has gone: no name, not even the family's, and no word that may carry one
    ContactRequest.objects.filter(trainee=trainee).update(called="", answer="")
    JobApplication.objects.filter(trainee=trainee).update(called="", words="", answer="")


def shut_out(member_id: int, trainee: Trainee, *, at: datetime) -> bool:
    """End whatever lets a member in, requests and applications, with the words; tell whether anything did.

    Both ways at once: a number that is shown no more by one and still by the other would be shown.
    """
    theirs = ContactRequest.objects.filter(trainee=trainee, member=member_id)
    accepted = theirs.filter(state=ContactRequest.State.ACCEPTED)
    live = JobApplication.objects.filter(
        trainee=trainee, job__member=member_id, state__in=JobApplication.LIVE
    )
    with transaction.atomic():
        # the profile first, as everybody who ends something does; nothing new comes before this is done
        Talent.objects.select_for_update(of=("self",)).filter(trainee=trainee).first()
        ended = accepted.update(state=ContactRequest.State.DECLINED, answered_at=at, answer="")
        ended += live.update(state=JobApplication.State.WITHDRAWN, answered_at=at, words="")
    return ended > 0


def _tell_after(
    user: User | None, member: Member, thing: ContactRequest | JobApplication, path: str, at: datetime
) -> None:
    told = partial(
        telling.tell_member, user, telling.CLOSED, member=member, about=thing.pk, words={}, path=path, at=at,
        occasion=thing._meta.model_name or "",
    )  # fmt: skip
    transaction.on_commit(told)
