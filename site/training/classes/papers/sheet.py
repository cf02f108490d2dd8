"""The sign-in sheet of a meeting as PDF: to be signed on paper, or with the times people checked in."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from brand.licences.papers.certificate import look_of
from brand.models import SignUp
from brand.typeset import typeset
from lib import dates
from training.classes.meetings import Meeting
from training.classes.people import Person, people_of

FORM: Final = "zh-hans"  # papers are Chinese, whatever language the desk works in
SPARE: Final = 6  # empty lines for who comes without a sign-up
_TEMPLATE = Path(__file__).with_name("sheet.typ")


def sign_in_sheet(meeting: Meeting, *, came: bool) -> bytes:
    """Return the sheet: with `came` the check-in times stand where the signature would, and no spare lines.

    Raises:
        FontMissing: the front-end packages are not installed.
    """
    with translation.override(FORM):
        return typeset(_TEMPLATE, _data(meeting, came=came))


def _data(meeting: Meeting, *, came: bool) -> dict[str, Any]:
    held = meeting.training_class
    activity = held.activity
    people = [each for each in people_of(held) if _on_sheet(each, meeting, came=came)]
    lines = list(_lines(people, meeting, came=came))
    if not came:
        lines += [[str(number), "", "", "", ""] for number in range(len(lines) + 1, len(lines) + 1 + SPARE)]
    room = meeting.booking.room if meeting.booking else None
    return {
        "title": _("Attendance of a class") if came else _("Sign-in sheet of a class"),
        "county": activity.region.full_name,
        "signed": not came,
        "facts": [
            (pgettext("training", "Class"), activity.title),
            (_("Topic"), meeting.topic or "—"),
            (pgettext("paper", "Time"), _when(meeting)),
            (pgettext("paper", "Place"), str(room) if room else activity.place),
            (_("Teacher"), held.teacher),
            (_("Kind"), str(held.get_kind_display())),
        ],
        "columns": [
            pgettext("paper", "No."),
            pgettext("person", "Name"),
            _("Town or village"),
            _("Mobile number"),
            _("Checked in") if came else _("Signature"),
        ],
        "lines": lines,
        "total": _("%(count)d people") % {"count": len(people)} if came else "",
        "signatures": [_("Teacher"), _("Counted by"), _("Date")],
        **look_of(activity.region.slug),
    }


def _when(meeting: Meeting) -> str:
    """Return the time with its year: the paper is filed."""
    day = dates.full_day(meeting.starts_at)
    return f"{day} {dates.clock(meeting.starts_at)} – {dates.clock(meeting.ends_at)}"


def _on_sheet(person: Person, meeting: Meeting, *, came: bool) -> bool:
    check_in = person.check_ins.get(meeting.pk)
    if came:
        return check_in is not None and check_in.standing == "counts"
    return person.sign_up.state in SignUp.HOLDING


def _lines(people: list[Person], meeting: Meeting, *, came: bool) -> Iterator[list[str]]:
    for number, person in enumerate(people, 1):
        trainee, sign_up = person.trainee, person.sign_up
        # of the number the last four digits: the sheet goes from hand to hand
        phone = f"…{sign_up.phone[-4:]}" if sign_up.phone else ""
        check_in = person.check_ins.get(meeting.pk)
        told = f"{dates.clock(check_in.at)} {check_in.get_way_display()}" if came and check_in else ""
        name = trainee.name if trainee and trainee.name else sign_up.name
        yield [str(number), name, trainee.place if trainee else "", phone, told]
