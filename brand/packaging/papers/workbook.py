"""The monthly statement as a workbook. Figures are numbers: phones show formulas as nothing."""

from typing import IO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from brand.packaging.papers.columns import Row, item_columns, item_row, member_columns, member_row, month_name
from brand.packaging.statements import Statement


def write_workbook(found: Statement, out: IO[bytes]) -> None:
    """Write a sheet of items and one of members."""
    book = Workbook(write_only=True)
    items = [item_row(line) for line in found.items]
    _sheet(book, _("On the shelf"), found, columns=item_columns(), rows=items)
    members = [member_row(line) for line in found.members]
    _sheet(book, _("At the members"), found, columns=member_columns(), rows=members)
    book.save(out)


def _sheet(book: Workbook, title: str, found: Statement, *, columns: list[str], rows: list[Row]) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A3"
    for place, name in enumerate(columns, 1):
        wide = name in (_("Item"), _("Member"))
        sheet.column_dimensions[get_column_letter(place)].width = 32 if wide else 11
    sheet.append([_cell(sheet, f"{found.region.full_name} {month_name(found.first)}", bold=True)])
    sheet.append([_cell(sheet, name, bold=True) for name in columns])
    for row in rows:
        sheet.append([_cell(sheet, cell) if isinstance(cell, str) else cell for cell in row])


def _cell(sheet: object, text: str, *, bold: bool = False) -> WriteOnlyCell:
    """Return a cell that is text whatever it begins with: a name `=…` is no formula."""
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell
