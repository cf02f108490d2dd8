"""Labels for print houses that set their own design: one SVG code a package and the table that names them."""

import shutil
import tempfile
import zipfile
from collections.abc import Iterable
from typing import BinaryIO

from lib import qr
from record.labels.label import Label
from record.labels.table import head_row, label_row

_CODE_MM = 20.0
_FOLDER_SIZE = 1000  # files a folder holds: file managers choke on more


def write_svg_zip(labels: Iterable[Label], *, out: BinaryIO, pins: bool = False) -> int:
    """Write a ZIP with `codes/<n>/<serial>.svg` and `labels.csv`, and return how many labels there were.

    The labels pass by once; the table waits in a temporary file, since a ZIP takes one file after another.
    `out` needs only `write`.
    """
    written = 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, tempfile.TemporaryFile() as table:
        table.write(head_row(pins=pins))
        for written, label in enumerate(labels, start=1):
            drawn = qr.svg(qr.matrix(label.link), size_mm=_CODE_MM)
            archive.writestr(f"codes/{(written - 1) // _FOLDER_SIZE + 1:03d}/{label.serial}.svg", drawn)
            table.write(label_row(label, pins=pins))
        table.seek(0)
        with archive.open("labels.csv", "w") as entry:
            shutil.copyfileobj(table, entry)
    return written
