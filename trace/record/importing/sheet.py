"""Spreadsheets: the first table of an .xlsx or .csv file as lines of text cells. No models."""

import csv
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook

from record.importing.columns import LABELS, NEEDED, column_of

MOST_BYTES: Final = 2 * 1024 * 1024
MOST_UNPACKED: Final = 40 * 1024 * 1024  # an .xlsx is a ZIP file: small ones can unfold to anything
MOST_LINES: Final = 1000
LONGEST_CELL: Final = 500
_WIDEST: Final = 40  # columns that are looked at


class NotASheet(ValueError):
    """The file is no table of events; `reason` is a sentence for whoever sent it."""

    def __init__(self, reason: Promise | str) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its number in the file (the headings are line 1), and its cells by column."""

    number: int
    cells: dict[str, str]


def read_sheet(content: bytes) -> list[Line]:
    """Return the lines of the table that have anything in them.

    Raises:
        NotASheet: too large, unreadable, empty, too long, or without the columns every event needs.
    """
    if len(content) > MOST_BYTES:
        raise NotASheet(_("The file is larger than 2 MB."))
    rows = _xlsx_rows(content) if content.startswith(b"PK") else _csv_rows(content)
    headings, *lines = list(rows) or [[]]
    columns = [column_of(heading) for heading in headings]
    _need(columns)
    found = [Line(number, _cells(columns, row)) for number, row in enumerate(lines, 2)]
    found = [line for line in found if any(line.cells.values())]
    if not found:
        raise NotASheet(_("The table has headings and nothing below them."))
    return found


def _need(columns: list[str | None]) -> None:
    missing = [str(LABELS[key]) for key in NEEDED if key not in columns]
    if missing:
        text = _("The first line must name the columns. These are missing: {columns}")
        raise NotASheet(text.format(columns=", ".join(missing)))
    named = [key for key in columns if key]
    if twice := {key for key in named if named.count(key) > 1}:
        text = _("A column is there twice: {columns}")
        raise NotASheet(text.format(columns=", ".join(str(LABELS[key]) for key in sorted(twice))))


def _cells(columns: list[str | None], row: list[str]) -> dict[str, str]:
    return {key: cell[:LONGEST_CELL] for key, cell in zip(columns, row, strict=False) if key and cell}


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
