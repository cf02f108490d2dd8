"""Forgetting: drafts nobody goes on with are deleted, refused applications lose persons and papers."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet

from brand.acts.models import Act
from brand.members.models import Member
from brand.membership.models import MembershipApplication, MembershipPaper
from brand.membership.telling import tell_applicant
from brand.membership.terms import terms_of
from brand.models import Region
from brand.private import private_storage

State = MembershipApplication.State
UNFINISHED = (State.DRAFT, State.RETURNED, State.WITHDRAWN)
WARNED_BEFORE = timedelta(days=14)
_PERSONS: dict[str, Any] = {
    "legal_person": "",
    "contact_name": "",
    "contact_phone": "",
    "confirmed_phone": "",
    "contact_email": "",
    "before": {},
    "remarks": {},
    "applicant": None,
}
_PLACES = {"name": "", "address": "", "public_phone": "", "about": ""}  # those of a household tell who it is


def forget_old(*, at: datetime) -> int:
    """Delete and erase what each county's terms say is old; return how many applications that were."""
    return sum(_forget_of(region, at) for region in Region.objects.all())


def _forget_of(region: Region, at: datetime) -> int:
    terms = terms_of(region)
    mine = MembershipApplication.objects.filter(region=region)
    unfinished = mine.filter(state__in=UNFINISHED)
    old = at - timedelta(days=terms.drafts_kept_days)
    for application in unfinished.filter(changed_at__lt=old + WARNED_BEFORE, changed_at__gte=old):
        if application.is_open:
            tell_applicant(application, kind="membership_fades", at=at)
    forgotten = delete_whole(unfinished.filter(changed_at__lt=old))
    decided = mine.filter(state=State.REFUSED, erased_at=None)
    refused = decided.filter(decided_at__lt=at - timedelta(days=terms.refused_kept_days))
    return forgotten + sum(erase_persons(application, at=at) for application in refused)


def delete_whole(applications: QuerySet[MembershipApplication]) -> int:
    """Delete applications with their papers and their trail; return how many."""
    with transaction.atomic():
        pks = list(applications.select_for_update().values_list("pk", flat=True))
        names = _take_papers(pks)
        kind = ContentType.objects.get_for_model(MembershipApplication)
        Act.objects.filter(subject_type=kind, subject_id__in=pks).delete()
        MembershipApplication.objects.filter(pk__in=pks).delete()
        transaction.on_commit(lambda: _delete_files(names))
    return len(pks)


def erase_persons(application: MembershipApplication, *, at: datetime) -> bool:
    """Erase who was behind a decided application and its papers; what was decided, and why, stays."""
    facts = _PERSONS | (_PLACES if application.kind == Member.Kind.HOUSEHOLD else {})
    with transaction.atomic():
        names = _take_papers([application.pk])
        MembershipApplication.objects.filter(pk=application.pk).update(erased_at=at, **facts)
        transaction.on_commit(lambda: _delete_files(names))
    return True


def forget_contact(application: MembershipApplication) -> None:
    """Take the person who applied out of an approved application; the company's facts and papers stay."""
    MembershipApplication.objects.filter(pk=application.pk).update(
        **_PERSONS | {"legal_person": application.legal_person}
    )


def _take_papers(pks: list[int]) -> list[str]:
    papers = MembershipPaper.objects.filter(application__in=pks)
    names = [name for name in papers.values_list("file", flat=True) if name]
    papers.delete()
    return names


def _delete_files(names: list[str]) -> None:
    """Delete files after their rows: a row never points at a file that is gone."""
    for name in names:
        private_storage().delete(name)
