"""Label sheets as PDF, written page by page."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from record.labels.book import Book
from record.labels.label import Label
from record.labels.presets import DEFAULT_PRESET, preset_named

ROOT = Path(__file__).resolve().parents[3]


class NoLabels(ValueError):
    """There is nothing to print."""


def write_sheet_pdf(
    labels: Iterable[Label], *, out: BinaryIO, preset: str = DEFAULT_PRESET, root: Path = ROOT
) -> int:
    """Write `labels` as sheets to `out` and return how many there were; memory stays that of one sheet.

    `root` is the folder that holds node_modules/, where the fonts are.

    Raises:
        NoLabels: before anything is written.
        UnknownPreset: no such sheet.
        FontMissing: the front-end packages are not installed.
        TooLongForQr: a link no code can hold.
    """
    grid = preset_named(preset)
    pages = _pages(labels, grid.per_page)
    first = next(pages, None)
    if first is None:
        raise NoLabels("no labels to print")
    book = Book(grid, out=out, root=root, title=f"{first[0].product} {first[0].lot}".strip())
    written = book.add(first)
    for page in pages:
        written += book.add(page)
    book.finish()
    return written


def _pages(labels: Iterable[Label], size: int) -> Iterator[list[Label]]:
    rest = iter(labels)
    while page := list(islice(rest, size)):
        yield page
