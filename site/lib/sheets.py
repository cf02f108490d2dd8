"""Spreadsheets that somebody sends in: the first table of an .xlsx or .csv file as rows of text cells."""

import csv
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

MOST_BYTES: Final = 2 * 1024 * 1024
MOST_UNPACKED: Final = 40 * 1024 * 1024  # an .xlsx is a ZIP file: small ones can unfold to anything
MOST_LINES: Final = 1000
LONGEST_CELL: Final = 500
_WIDEST: Final = 40  # columns that are looked at


class NotASheet(ValueError):
    """The file is no table we take; `reason` is a sentence for whoever sent it."""

    def __init__(self, reason: Promise | str) -> None:
        super().__init__(str(reason))
        self.reason = reason


def rows_of(content: bytes) -> Iterator[list[str]]:
    """Return the rows of the table, headings first; read as they are asked for.

    Raises:
        NotASheet: too large, unreadable or too long.
    """
    if len(content) > MOST_BYTES:
        raise NotASheet(_("The file is larger than 2 MB."))
    return _xlsx_rows(content) if content.startswith(b"PK") else _csv_rows(content)


def text_cell(sheet: object, text: str, *, bold: bool = False) -> WriteOnlyCell:
    """Return a cell that is text whatever it begins with: `=…` from somebody's file is no formula of ours."""
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _xlsx_rows(content: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                raise NotASheet(_("The file unpacks to more than a table of events can be."))
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(values_only=True, max_col=_WIDEST)
        yield from _limited([_text(value) for value in row] for row in rows)
    except NotASheet:
        raise
    except Exception as error:  # what is no workbook breaks its reader anywhere: ParseError, TypeError, ...
        raise NotASheet(_("The file cannot be read as a spreadsheet. Save it as .xlsx or .csv.")) from error


def _csv_rows(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    if "\0" in text:
        raise NotASheet(_("The file cannot be read as a spreadsheet. Save it as .xlsx or .csv."))
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    try:
        yield from _limited(
            [cell.strip() for cell in row[:_WIDEST]]
            for row in csv.reader(StringIO(text), delimiter=separator)
        )
    except csv.Error as error:
        raise NotASheet(_("The file cannot be read as a spreadsheet. Save it as .xlsx or .csv.")) from error


def _decoded(content: bytes) -> str:
    """Return the text: UTF-8, else GB 18030, which is what Excel writes on a Chinese Windows."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotASheet(_("The file is written in an encoding nobody here can read. Save it as UTF-8."))


def _limited(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    for number, row in enumerate(rows):
        if number > MOST_LINES:
            raise NotASheet(_("The table has more than 1,000 lines. Split it."))
        yield row


def _text(value: Any) -> str:
    """Return a cell as text: a date as people write it, a whole number without a decimal point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M" if value.hour or value.minute else "%Y-%m-%d")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
