"""Renewal: when it may be asked for, and from when to when the new licence runs."""

from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from brand.licences.models import Licence
from brand.licences.rules import LicenceRules
from brand.members.models import Member
from lib.periods import months_from, years_from

OPENS_MONTHS_BEFORE: Final = 3


def renewal_opens(licence: Licence) -> date:
    """Return the first day on which the renewal may be asked for."""
    return months_from(licence.valid_to, -OPENS_MONTHS_BEFORE)


def reason_against_renewal(licence: Licence, *, on: date) -> str:
    """Return why `licence` cannot be renewed on that day, "" where it can. One query."""
    if licence.state == Licence.State.REVOKED:
        return _("The licence was revoked. It cannot be renewed; apply for a new one.")
    if licence.state == Licence.State.SUSPENDED:
        return _("The licence is suspended. Settle that first, then renew it.")
    if on < renewal_opens(licence):
        return _("It is too early: the renewal opens on %(day)s.") % {
            "day": renewal_opens(licence).isoformat()
        }
    if on > licence.valid_to:
        return _("The licence has ended. Apply for a new one.")
    if Licence.objects.filter(renews=licence).exists():
        return _("The licence is renewed already.")
    return ""


def renewable_licences(member: Member, *, on: date) -> list[Licence]:
    """Return the licences of a member that end within three months and have no successor. One query."""
    last = months_from(on, OPENS_MONTHS_BEFORE)
    ending = member.licences.valid(on=on).filter(valid_to__lte=last, renewed_by=None).order_by("valid_to")
    return [licence for licence in ending if on >= renewal_opens(licence)]


def period(*, renews: Licence | None, rules: LicenceRules, on: date) -> tuple[date, date]:
    """Return the first and last day of a licence decided on that day.

    A renewal begins on the day after the old licence ends, so that none is lost; decided later than that it
    begins with the decision, never before.
    """
    first = max(on, renews.valid_to + timedelta(days=1)) if renews else on
    return first, years_from(first, rules.validity_years) - timedelta(days=1)
