"""Recording a site check: what was looked at, what was found, whether it is enough."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Final

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from brand.licences.applications.models import LicenceApplication
from brand.licences.applications.moving import locked, move
from brand.licences.applications.telling import tell_applicant
from brand.licences.site_checks.models import POINTS, Finding, SiteCheck, SiteCheckPhoto
from brand.members.interests import refuse_own

MOST_PHOTOS: Final = 20  # of one visit
State = LicenceApplication.State


class CheckRefused(ValueError):
    """The record cannot be; `reasons` are sentences for the officer."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = list(reasons)


def record_site_check(
    *,
    application: LicenceApplication,
    checked_on: date,
    place: str,
    checked_by: str,
    findings: Mapping[str, str],
    words: str,
    passed: bool,
    photos: Sequence[ContentFile] = (),
    by: User,
    at: datetime,
    seen: int | None = None,
) -> SiteCheck:
    """Record a visit. One that passed leads on to publicity; one that failed waits for a second visit.

    Raises:
        CheckRefused: a point was left out, the day lies ahead, or the result does not fit the points.
        AlreadyMoved: the application does not wait for a site check any more.
        ConflictOfInterest: it is the officer's own.
    """
    reasons = list(_reasons(checked_on, findings, words, passed, len(photos), today=timezone.localdate(at)))
    if reasons:
        raise CheckRefused(reasons)
    storage = SiteCheckPhoto._meta.get_field("file").storage
    # files first, outside the transaction; those of a refused record are taken away again
    names = [storage.save(f"licences/site-checks/{at:%Y/%m}/{photo.name}", photo) for photo in photos]
    try:
        with transaction.atomic():
            now = locked(application, among=[State.ACCEPTED], seen=seen)
            refuse_own(by, member=now.member, applicant=now.applicant)
            check = SiteCheck.objects.create(
                application=now,
                checked_on=checked_on,
                place=place.strip(),
                checker=by,
                checked_by=checked_by.strip(),
                findings=dict(findings),
                words=words.strip(),
                passed=passed,
                recorded_at=at,
            )
            SiteCheckPhoto.objects.bulk_create(SiteCheckPhoto(check_of=check, file=name) for name in names)
            _move_on(now, check, by=by, at=at)
    except Exception:
        for name in names:
            storage.delete(name)
        raise
    application.refresh_from_db()
    return check


def _move_on(now: LicenceApplication, check: SiteCheck, *, by: User, at: datetime) -> None:
    move(now, State.CHECKED if check.passed else State.ACCEPTED, at=at)
    verb = "site_passed" if check.passed else "site_failed"
    record_act(now, verb, by=by, at=at, note=check.words, detail={"site_check": check.pk})
    if not check.passed:
        transaction.on_commit(partial(tell_applicant, now, "licence_site_check_failed", at=at))


def _reasons(
    checked_on: date, findings: Mapping[str, str], words: str, passed: bool, photos: int, *, today: date
) -> Iterable[str]:
    if checked_on > today:
        yield _("The visit lies in the future. It is recorded once it was made.")
    if findings.keys() != POINTS.keys() or set(findings.values()) - set(Finding.values):
        yield _("Say of each point what you found.")
    if passed and Finding.BAD in findings.values():
        yield _("A point is not in order, so the check is not passed yet.")
    if not passed and not words.strip():
        yield _("Say in words what has to be put right.")
    if photos > MOST_PHOTOS:
        yield _("At most %(most)d photos go with one visit.") % {"most": MOST_PHOTOS}
