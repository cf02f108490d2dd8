"""The register as a workbook: the table of classes, and every filing in a line."""

from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from brand.regions.models import Region
from brand.trademarks.filings import Filing
from brand.trademarks.matrix import Cell, matrix
from brand.trademarks.standing import standing
from lib.nice import CLASSES

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(region: Region | None, *, on: date) -> bytes:
    """Return the register of a county, or of all of them, as it stands on that day. 4 queries."""
    book = Workbook(write_only=True)
    _write_table(book.create_sheet(_("Classes")), region, on=on)
    _write_list(book.create_sheet(_("Filings")), region, on=on)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _write_table(sheet: Any, region: Region | None, *, on: date) -> None:
    table = matrix(region, on=on, public=False)
    sheet.freeze_panes = "C2"
    sheet.column_dimensions["B"].width = 36
    _line(
        sheet,
        [_("class"), _("goods or services"), *(mark.name for mark in table.trademarks)],
        bold=True,
    )
    for row in table.rows:
        _line(sheet, [row.number, str(row.name), *(_words(cell) for cell in row.cells)])


def _write_list(sheet: Any, region: Region | None, *, on: date) -> None:
    filings = Filing.objects.select_related("trademark__region")
    if region:
        filings = filings.filter(trademark__region=region)
    sheet.freeze_panes = "A2"
    heads = (
        _("county"), _("trademark"), _("class"), pgettext("trademark", "class name"), _("state"),
        _("application or registration number"), _("applied on"), _("published on"), _("registered on"),
        _("valid until"), _("owner"), _("agent"), _("goods or services"), _("note"),
    )  # fmt: skip
    _line(sheet, heads, bold=True)
    for filing in filings.order_by("trademark__region", "trademark", "nice_class", "pk"):
        _line(sheet, _facts(filing, on=on))


def _facts(filing: Filing, *, on: date) -> tuple[object, ...]:
    mark = filing.trademark
    return (
        mark.region.name, mark.name, filing.nice_class, str(CLASSES[filing.nice_class]),
        str(standing(filing, on=on).label), filing.number, filing.applied_on, filing.published_on,
        filing.registered_on, filing.expires_on, mark.owner, filing.agent, filing.goods, filing.note,
    )  # fmt: skip


def _words(cell: Cell) -> str:
    if not cell.filing or not cell.standing:
        return ""
    return f"{cell.standing.label} {cell.filing.number}".strip()


def _line(sheet: Any, values: Iterable[object], *, bold: bool = False) -> None:
    sheet.append([_cell(sheet, value, bold=bold) for value in values])


def _cell(sheet: Any, value: object, *, bold: bool) -> WriteOnlyCell:
    """Return a cell; text is text whatever it begins with: `=…` in a note is no formula of ours."""
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell
