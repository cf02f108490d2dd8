"""Who came to a class as a workbook: a line each person, a column each meeting."""

from collections.abc import Iterator
from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook

from lib import dates
from lib.phone import display_phone
from lib.sheets import text_cell
from training.classes.meetings import Meeting
from training.classes.people import Person, people_of
from training.classes.training_class import TrainingClass

_WIDTHS = (14, 18, 16, 18, 14)


def write_workbook(training_class: TrainingClass, out: IO[bytes]) -> None:
    """Write the list to `out`."""
    meetings = list(training_class.meetings.all())
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Who came"))
    sheet.freeze_panes = "A3"
    for place, width in enumerate((*_WIDTHS, *(20 for _each in meetings), 12)):
        sheet.column_dimensions[
            chr(ord("A") + place) if place < 26 else f"A{chr(ord('A') + place - 26)}"
        ].width = width
    activity = training_class.activity
    what = f"{activity.title} {dates.moment(activity.starts_at)} {activity.place} {training_class.teacher}"
    sheet.append([text_cell(sheet, what, bold=True)])
    sheet.append([text_cell(sheet, name, bold=True) for name in _names(meetings)])
    for person in people_of(training_class):
        sheet.append([text_cell(sheet, text) for text in _line(person, meetings)])
    book.save(out)


def _names(meetings: list[Meeting]) -> Iterator[str]:
    yield pgettext("person", "Name")
    yield _("Mobile number")
    yield pgettext("of trainees", "Group")
    yield _("Town or village")
    yield _("State")
    for meeting in meetings:
        yield dates.moment(meeting.starts_at)
    yield _("Attended")


def _line(person: Person, meetings: list[Meeting]) -> Iterator[str]:
    sign_up, trainee = person.sign_up, person.trainee
    yield trainee.name if trainee and trainee.name else sign_up.name
    yield display_phone(sign_up.phone) if sign_up.phone else ""
    yield str(trainee.get_group_display()) if trainee else ""
    yield trainee.place if trainee else ""
    yield str(sign_up.get_state_display())
    for meeting in meetings:
        check_in = person.check_ins.get(meeting.pk)
        yield f"{dates.moment(check_in.at)} {check_in.get_standing_display()}" if check_in else ""
    yield _("yes") if person.attendance.attended else _("no")
