"""The results of one exam as a workbook: a line for each attempt."""

from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook

from lib import dates
from lib.sheets import text_cell
from training.exams.attempts import Attempt
from training.exams.papers import Exam


def write_results(exam: Exam, out: IO[bytes]) -> None:
    """Write every attempt, by name. 1 query."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Results"))
    sheet.freeze_panes = "A3"
    for column, width in {"A": 16, "B": 20, "D": 20, "E": 20, "F": 14, "I": 24}.items():
        sheet.column_dimensions[column].width = width
    sheet.append([text_cell(sheet, f"{exam.course} · {exam}", bold=True)])
    sheet.append([text_cell(sheet, name, bold=True) for name in _headings()])
    attempts = exam.attempts.select_related("trainee").order_by("trainee__name", "trainee", "number")
    for attempt in attempts.iterator():
        name, place, *rest = _line(attempt)
        sheet.append([text_cell(sheet, str(name)), text_cell(sheet, str(place)), *rest])
    book.save(out)


def _headings() -> tuple[str, ...]:
    return (
        pgettext("person", "Name"),
        _("town or village"),
        _("Attempt"),
        _("begun"),
        _("handed in"),
        _("State"),
        _("Points"),
        "%",
        _("Result"),
    )


def _line(attempt: Attempt) -> list[object]:
    outcome = {True: pgettext("exam", "passed"), False: _("not passed"), None: ""}[attempt.passed]
    return [
        attempt.trainee.name,
        attempt.trainee.place,
        attempt.number,
        dates.moment(attempt.started_at),
        dates.moment(attempt.handed_in_at),
        str(attempt.get_state_display()),
        None if attempt.score is None else float(attempt.score),
        attempt.percent,
        outcome,
    ]
