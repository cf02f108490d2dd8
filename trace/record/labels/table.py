"""Labels as a table for print houses with variable-data software: CSV that Excel opens as it is."""

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO

from django.utils.translation import gettext as _

from record.labels.label import Label, serial_groups

_MARK = "\ufeff".encode()  # tells Excel that the file is UTF-8
# A cell that begins with one of these is run as a formula by spreadsheets (OWASP, "CSV Injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_csv(labels: Iterable[Label], *, out: BinaryIO, pins: bool = False) -> int:
    """Write a head row and one row a label, and return how many labels there were."""
    written = 0
    out.write(head_row(pins=pins))
    for written, label in enumerate(labels, start=1):  # noqa: B007 - the count is the result
        out.write(label_row(label, pins=pins))
    return written


def head_row(*, pins: bool = False) -> bytes:
    """Return the mark and the names of the columns; with `pins` what goes under the scratch field too."""
    names = [_("Serial"), _("Serial in groups"), _("QR content"), _("Product"), _("Pack"), _("Lot")]
    return _MARK + _row([*names, _("Scratch PIN")] if pins else names)


def label_row(label: Label, *, pins: bool = False) -> bytes:
    """Return the row of one label."""
    groups = " ".join(serial_groups(label.serial))
    cells = [label.serial, groups, label.link, label.product, label.pack, label.lot]
    if pins:
        cells.append(label.pin)
    return _row([safe_cell(cell) for cell in cells])


def safe_cell(text: str) -> str:
    """Return `text` so that no spreadsheet takes it for a formula: an apostrophe goes in front."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _row(cells: list[str]) -> bytes:
    line = io.StringIO(newline="")
    csv.writer(line).writerow(cells)
    return line.getvalue().encode("utf-8")
