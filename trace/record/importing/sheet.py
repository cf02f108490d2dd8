"""Spreadsheets: the first table of an .xlsx or .csv file as lines of text cells. No models."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from lib.sheets import LONGEST_CELL, MOST_BYTES, MOST_LINES, NotASheet, rows_of
from record.importing.columns import LABELS, NEEDED, column_of

__all__ = ["MOST_BYTES", "MOST_LINES", "Line", "NotASheet", "read_sheet"]


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
    headings, *lines = list(rows_of(content)) or [[]]
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
