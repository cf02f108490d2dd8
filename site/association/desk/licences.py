"""Licences on the desk: renewals that are open, applications sent back, what is held."""

from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from association.desk.parts import Due, Part, Row
from association.licences.queries import CheckedLicence, licences_of
from brand.licences.renewals import renewal_opens
from brand.models import Licence, LicenceApplication, Member
from lib.dates import full_day

SHOWN = 5
State = LicenceApplication.State
_TONES = {"valid": "ok", "early": "brand", "suspended": "bad", "revoked": "bad"}


def part(member: Member, user: User, at: datetime) -> Part:
    """Return the licences of the member and what is to be done about them. Three queries."""
    today = timezone.localdate(at)
    held = licences_of(member, on=today)
    open_ones = list(
        member.licence_applications.exclude(state__in=LicenceApplication.OVER).select_related("renews")
    )
    return Part(
        title=_("Licences"),
        dues=[*_suspended(held), *_renewals(held, open_ones, today), *_returned(open_ones)],
        rows=[*map(_application_row, open_ones), *map(_licence_row, held)][:SHOWN],
        more_url=reverse("desk:licences"),
        icon="shield",
        empty=_("You hold no licence yet. Apply, it takes a quarter of an hour."),
        act_url=reverse("desk:licence_apply"),
        act_label=_("Apply for a licence"),
    )


def _suspended(held: list[CheckedLicence]) -> list[Due]:
    words = _("Licence %(number)s is suspended: read why, and settle it with the association")
    return [
        Due(words % {"number": checked.licence.number}, _page(checked.licence), urgent=True)
        for checked in held
        if checked.verdict.key == "suspended"
    ]


def _renewals(held: list[CheckedLicence], open_ones: list[LicenceApplication], today: date) -> list[Due]:
    asked = {application.renews_id for application in open_ones}
    followed = {checked.licence.renews_id for checked in held}
    return [
        _renewal(checked.licence)
        for checked in held
        if checked.verdict.is_valid
        and today >= renewal_opens(checked.licence)
        and checked.licence.pk not in asked | followed
    ]


def _renewal(licence: Licence) -> Due:
    words = _("Renew the licence %(number)s: it ends on %(day)s") % {
        "number": licence.number,
        "day": full_day(licence.valid_to),
    }
    return Due(words, f"{reverse('desk:licence_apply')}?renews={licence.number}", licence.valid_to)


def _returned(open_ones: list[LicenceApplication]) -> list[Due]:
    return [
        Due(
            _("Correct the application %(number)s and send it again") % {"number": application.number},
            reverse("desk:licence_application", args=[application.pk]),
            urgent=True,
        )
        for application in open_ones
        if application.state == State.RETURNED
    ]


def _application_row(application: LicenceApplication) -> Row:
    return Row(
        text=application.number or _("Draft of an application"),
        url=reverse("desk:licence_application", args=[application.pk]),
        note=application.brand_name,
        state=application.get_state_display(),
        tone="warn" if application.state == State.RETURNED else "brand",
    )


def _licence_row(checked: CheckedLicence) -> Row:
    licence = checked.licence
    return Row(
        text=f"{licence.brand_name} {licence.number}",
        url=_page(licence),
        note=_("to %(day)s") % {"day": full_day(licence.valid_to)},
        state=str(checked.verdict.short),
        tone=_TONES.get(checked.verdict.key, ""),
    )


def _page(licence: Licence) -> str:
    return reverse("association:licence", args=[licence.number])
