"""Tables to fill in: the empty one, and the lines of an import that are still to be put right."""

from collections.abc import Iterable
from typing import IO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from lib.sheets import text_cell
from record.importing.columns import COLUMNS
from record.models import Event, ImportLine


def write_empty(out: IO[bytes]) -> None:
    """Write a table with headings only, and a second one that says how the columns are filled in."""
    book = Workbook(write_only=True)
    _table(book, [])
    help_sheet = book.create_sheet(_("How to fill it in"))
    choices = {"stage": Event.Stage.labels, "step": Event.Step.labels}
    for column in COLUMNS:
        known = [str(label) for label in choices.get(column.key, [])]
        help_sheet.append([text_cell(help_sheet, cell) for cell in (column.heading, column.example, *known)])
    book.save(out)


def write_open(lines: Iterable[ImportLine], out: IO[bytes]) -> None:
    """Write the lines that were not recorded, each with what is wrong with it, to be fixed and sent again."""
    book = Workbook(write_only=True)
    rows = (
        [*(line.cells.get(column.key, "") for column in COLUMNS), " ".join(line.problems)] for line in lines
    )
    _table(book, rows, further=[_("problems")])
    book.save(out)


def _table(book: Workbook, rows: Iterable[list[str]], *, further: Iterable[str] = ()) -> None:
    sheet = book.create_sheet(_("Events"))
    sheet.freeze_panes = "A2"
    headings = [*(column.heading + ("*" if column.needed else "") for column in COLUMNS), *further]
    for place in range(1, len(headings) + 1):
        sheet.column_dimensions[get_column_letter(place)].width = 18
    sheet.append([text_cell(sheet, heading, bold=True) for heading in headings])
    for row in rows:
        sheet.append([text_cell(sheet, cell) for cell in row])
