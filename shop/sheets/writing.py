"""Tables to take along: the empty one, what there is, and the lines of an import that are to be put right."""

from collections.abc import Iterable
from typing import IO, Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from lib.sheets import text_cell
from shop.models import SheetLine
from shop.sheets.columns import Kind


def write_table(kind: Kind, rows: Iterable[dict[str, Any]], out: IO[bytes]) -> None:
    """Write rows by column key; a further sheet says how the columns are filled in."""
    book = Workbook(write_only=True)
    _table(book, kind, ([str(row.get(column.key) or "") for column in kind.columns] for row in rows))
    guide = book.create_sheet(_("How to fill it in"))
    for column in kind.columns:
        guide.append([text_cell(guide, str(column.label)), text_cell(guide, column.example)])
    book.save(out)


def write_open(kind: Kind, lines: Iterable[SheetLine], out: IO[bytes]) -> None:
    """Write lines that were not taken over, each with what is wrong, to be put right and sent again."""
    book = Workbook(write_only=True)
    rows = (
        [*(line.cells.get(column.key, "") for column in kind.columns), " ".join(line.says)] for line in lines
    )
    _table(book, kind, rows, further=[_("problems")])
    book.save(out)


def _table(book: Workbook, kind: Kind, rows: Iterable[list[str]], *, further: Iterable[str] = ()) -> None:
    sheet = book.create_sheet(str(kind.label)[:30])
    sheet.freeze_panes = "A2"
    headings = [*(str(column.label) + ("*" if column.needed else "") for column in kind.columns), *further]
    for place in range(1, len(headings) + 1):
        sheet.column_dimensions[get_column_letter(place)].width = 18
    sheet.append([text_cell(sheet, heading, bold=True) for heading in headings])
    for row in rows:
        sheet.append([text_cell(sheet, cell) for cell in row])
