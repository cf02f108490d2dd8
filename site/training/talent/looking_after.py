"""What happens in the pool by itself: consents end or are asked for again; requests and posts get old."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from lib import dates
from training.models import JobApplication, JobPost, TalentConsent
from training.talent import telling
from training.talent.agreement import ASKED_BEFORE
from training.talent.contacting import lapse
from training.talent.joining import run_out
from training.talent.posting import close_applications
from training.talent.refusals import NotInThePool


def ask_again(*, at: datetime) -> int:
    """Ask those whose consent ends within a month, once each; return how many are in that month."""
    rows = TalentConsent.objects.standing().filter(until__lte=at + ASKED_BEFORE, until__gt=at)
    count = 0
    for consent in rows.select_related("trainee__user"):
        words = {"until": dates.day(timezone.localdate(consent.until))}
        path = reverse("training:my-talent")
        telling.tell(consent.trainee.user, telling.ENDING, about=consent.pk, words=words, path=path, at=at)
        count += 1
    return count


def end_old(*, at: datetime) -> int:
    """End consents that ran out, and tell whose they were; return how many."""
    ended = 0
    rows = TalentConsent.objects.standing().filter(until__lte=at).select_related("trainee__user")
    for consent in rows:
        try:
            run_out(consent=consent, at=at)
        except NotInThePool:  # left or agreed anew in this very moment
            continue
        path = reverse("training:my-talent")
        telling.tell(consent.trainee.user, telling.ENDED, about=consent.pk, words={}, path=path, at=at)
        ended += 1
    return ended


def look_after(*, at: datetime) -> None:
    """Do all that is due."""
    end_old(at=at)  # before anything slow is sent: what ran out is deleted first
    ask_again(at=at)
    lapse(at=at)
    live = JobApplication.objects.filter(state__in=JobApplication.LIVE).values("job")
    for job in JobPost.objects.filter(pk__in=live, until__lt=timezone.localdate(at)):
        close_applications(job, at=at)
