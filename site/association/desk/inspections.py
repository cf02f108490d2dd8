"""Inspections on the desk: what has to be put right, who comes next."""

from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.models import User
from association.desk.parts import Due, Part, Row
from association.inspections.queries import findings_of, is_pressing, look_of, visits_to
from brand.models import Finding, Member
from lib.dates import full_day

SHOWN, READ = 3, 50


def part(member: Member, user: User, at: datetime) -> Part | None:
    """Return the findings of the member; none where nothing was found and nobody comes. Two queries."""
    today = timezone.localdate(at)
    findings, visits = list(findings_of(member)[:READ]), list(visits_to(member)[:SHOWN])
    if not findings and not visits:
        return None
    open_ones = [finding for finding in findings if finding.state == Finding.State.OPEN]
    coming = [
        Row(
            _("%(who)s will come on %(day)s") % {"who": visit.inspectors, "day": full_day(visit.planned_on)},
            note=_("licence %(number)s") % {"number": visit.licence.number},
        )
        for visit in visits
    ]
    return Part(
        title=_("Inspections"),
        dues=[_due(finding, today) for finding in open_ones],
        rows=[*coming, *(_row(finding, today) for finding in findings[:SHOWN])],
        more_url=reverse("desk:findings"),
        icon="search",
    )


def _due(finding: Finding, today: date) -> Due:
    words = _("Put right: %(what)s") % {"what": Truncator(finding.wrong).chars(40)}
    url = reverse("desk:finding", args=[finding.pk])
    return Due(words, url, finding.due_on, urgent=is_pressing(finding, on=today))


def _row(finding: Finding, today: date) -> Row:
    look = look_of(finding, on=today)
    return Row(
        Truncator(finding.wrong).chars(40),
        url=reverse("desk:finding", args=[finding.pk]),
        note=_("until %(day)s") % {"day": full_day(finding.due_on)},
        state=str(look.state),
        tone=look.tone,
    )
