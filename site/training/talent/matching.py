"""How well a person and a post fit: points that add up to a hundred, each with its sentence.

What is proven counts most, then what somebody can do, what they would like to do, the pay, the hours, the
place and the day. Nothing else is asked: no age, no sex, no origin.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from brand.models import Region
from lib import dates
from training.models import JobPost, Talent, TalentAbility, TalentInterest
from training.talent.proofs import proofs_of
from training.talent.standing import standing_members
from training.talent.works import Reach

LOOKED_AT: Final = 200
SHOWN: Final = 6
LEAST: Final = 40


@dataclass(frozen=True, slots=True)
class Match:
    """How well it fits: `score` of 100, and why, in sentences; `talent` and `job` are the two sides."""

    talent: Talent
    job: JobPost
    score: int
    reasons: tuple[str, ...]


def match(talent: Talent, job: JobPost, *, proven: Collection[str], on: date) -> Match:
    """Return how well they fit. `proven` is the work a certificate proves. No query if all was read along."""
    parts = [_work(talent, job, proven), _pay(talent, job), _hours(talent, job), _place(talent, job)]
    parts.append(_day(talent, job, on))
    return Match(talent, job, sum(points for points, _why in parts), tuple(why for _p, why in parts if why))


def people_for(job: JobPost, *, at: datetime) -> list[Match]:
    """Return who fits a post best. 4 queries, however large the pool is."""
    can = Exists(TalentAbility.objects.filter(talent=OuterRef("pk"), work=job.work))
    would = Exists(TalentInterest.objects.filter(talent=OuterRef("pk"), work=job.work))
    here = Talent.objects.shown(at=at).filter(Q(can) | Q(would), region=job.region_id)
    rows = here.order_by("-changed_at", "-pk")
    found = list(rows.select_related("trainee").prefetch_related("abilities", "interests")[:LOOKED_AT])
    proofs, on = proofs_of(found), timezone.localdate(at)
    return _best([match(each, job, proven=proofs[each.pk], on=on) for each in found])


def jobs_for(talent: Talent, *, on: date) -> list[Match]:
    """Return which posts fit a person best. 4 queries."""
    works = {each.work for each in talent.abilities.all()} | {each.work for each in talent.interests.all()}
    jobs = running_jobs(talent.region, on=on).filter(work__in=works)[:LOOKED_AT]
    proven = proofs_of([talent])[talent.pk]
    return _best([match(talent, job, proven=proven, on=on) for job in jobs])


def running_jobs(region: Region | None, *, on: date) -> QuerySet[JobPost]:
    """Return the public posts of a county, newest first: approved, not past, by members in good standing."""
    rows = JobPost.objects.running(on=on).filter(region=region, member__in=standing_members(on=on))
    return rows.select_related("member", "region").order_by("-decided_at", "-pk")


def _best(matches: list[Match]) -> list[Match]:
    good = [each for each in matches if each.score >= LEAST]
    return sorted(good, key=lambda each: -each.score)[:SHOWN]


def _work(talent: Talent, job: JobPost, proven: Collection[str]) -> tuple[int, str]:
    work = {"work": job.get_work_display()}
    can = any(each.work == job.work for each in talent.abilities.all())
    if can and job.work in proven:
        return 50, _("%(work)s: can do it, with a certificate.") % work
    if can:
        return 35, _("%(work)s: can do it.") % work
    if any(each.work == job.work for each in talent.interests.all()):
        return 20, _("%(work)s: would like to.") % work
    return 0, ""


def _pay(talent: Talent, job: JobPost) -> tuple[int, str]:
    if talent.pay_from is None or (job.pay_from is None and job.pay_to is None):
        return 10, _("Pay: to be talked about.")
    most = job.pay_to or job.pay_from or 0
    return (20, _("Pay: the two overlap.")) if most >= talent.pay_from else (0, "")


def _hours(talent: Talent, job: JobPost) -> tuple[int, str]:
    fits = talent.hours == job.hours
    return (15, _("Hours: %(hours)s.") % {"hours": job.get_hours_display()}) if fits else (0, "")


def _place(talent: Talent, job: JobPost) -> tuple[int, str]:
    near = bool(talent.place) and (talent.place in job.place or job.place in talent.place)
    if near or talent.reach in {Reach.COUNTY, Reach.AWAY}:
        return 10, _("Place: near enough.")
    return 0, ""


def _day(talent: Talent, job: JobPost, on: date) -> tuple[int, str]:
    free = talent.available_from or on
    if free <= on:
        return 5, _("Free at once.")
    return (3, _("Free from %(day)s.") % {"day": dates.day(free)}) if free <= job.until else (0, "")
