"""Sending an application to the association, and taking it back."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from brand.licences.applications.models import ApplicationPaper, LicenceApplication
from brand.licences.applications.moving import locked, move
from brand.licences.applications.telling import tell_officers_of
from brand.licences.numbers import new_application_number
from brand.licences.rules import rules_of
from brand.members.models import Member
from changes import outbox

Kind = ApplicationPaper.Kind
State = LicenceApplication.State
FEWEST_WORDS = 10  # characters of the purpose: one sentence


class NotComplete(ValueError):
    """Something is missing; `problems` says by field what to do."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


def problems_of(application: LicenceApplication) -> dict[str, str]:
    """Return what is missing, by field, in the order of the form. Three queries."""
    wanted = list(application.wanted.select_related("product"))
    found = {
        "brand_name": "" if application.brand_name else _("Say which brand."),
        "products": _products_problem(application, wanted),
        "trademark_classes": "" if application.trademark_classes else _("Choose at least one class."),
        "uses": "" if application.uses else _("Choose at least one use."),
        "purpose": ""
        if len(application.purpose) >= FEWEST_WORDS
        else _("Say in a sentence what the brand is to be used for."),
        "papers": _papers_problem(application),
    }
    return {field: words for field, words in found.items() if words}


def submit_application(*, application: LicenceApplication, by: User, at: datetime) -> None:
    """Send a draft, or a returned application again. The days to review it begin anew.

    Raises:
        NotComplete: naming what is missing.
        AlreadyMoved: it was sent in another window.
    """
    today = timezone.localdate(at)
    with transaction.atomic():
        now = locked(application, among=LicenceApplication.WITH_MEMBER)
        if problems := problems_of(now):
            raise NotComplete(problems)
        rules = rules_of(now.region)
        move(
            now,
            State.SUBMITTED,
            at=at,
            number=now.number or new_application_number(rules, on=today),
            applicant=by,
            submitted_at=at,
            due_on=today + timedelta(days=rules.review_days),
            remarks={},
        )
        record_act(now, "submitted", by=by, at=at)
        transaction.on_commit(lambda: tell_officers_of(now, "licence_application_sent", at=at))
    application.refresh_from_db()


def withdraw_application(*, application: LicenceApplication, by: User, at: datetime) -> None:
    """Take an application back that was sent and not decided yet.

    Raises:
        AlreadyMoved: it is decided, or was taken back before.
    """
    with transaction.atomic():
        now = locked(application, among=LicenceApplication.IN_HAND)
        was_public = now.state == State.PUBLICITY
        move(now, State.WITHDRAWN, at=at)
        record_act(now, "withdrawn", by=by, at=at)
        if was_public:
            outbox.record(now, region=now.region.slug)
    application.refresh_from_db()


def _products_problem(application: LicenceApplication, wanted: list) -> str:
    if not wanted:
        return _("Choose at least one product of your own.")
    if any(row.product.member_id != application.member_id for row in wanted):
        return _("One of the products is not yours any more. Take it out.")
    return ""


def _papers_problem(application: LicenceApplication) -> str:
    """A household has no business licence; a renewal has shown it before."""
    kinds = set(application.papers.values_list("kind", flat=True))
    household = application.member.kind == Member.Kind.HOUSEHOLD
    if Kind.BUSINESS not in kinds and not household and application.renews_id is None:
        return _("Add the business licence.")
    if not kinds & {Kind.QUALITY, Kind.CERTIFICATION}:
        return _("Add a test report or a certification of the products.")
    return ""
