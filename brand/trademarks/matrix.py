"""The register as a table: the 45 classes down, the trademarks across."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from brand.regions.models import Region
from brand.trademarks.filings import Filing
from brand.trademarks.models import Trademark
from brand.trademarks.standing import STANDINGS, Standing, standing
from lib.nice import CLASSES


@dataclass(frozen=True, slots=True)
class Cell:
    """One trademark in one class: the filing that speaks for it, and how many there are."""

    trademark: Trademark
    number: int
    filing: Filing | None = None
    standing: Standing | None = None
    count: int = 0

    @property
    def more(self) -> int:
        """How many filings stand behind the one that is shown."""
        return max(0, self.count - 1)


@dataclass(frozen=True, slots=True)
class Row:
    """One class."""

    number: int
    name: Promise
    cells: tuple[Cell, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was filed in this class."""
        return not any(cell.filing for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Matrix:
    """The whole table."""

    trademarks: tuple[Trademark, ...]
    rows: tuple[Row, ...]

    def column(self, trademark: Trademark) -> Iterator[Cell]:
        """Yield the classes of one trademark in which something was filed."""
        for row in self.rows:
            for cell in row.cells:
                if cell.trademark == trademark and cell.filing:
                    yield cell

    def counts(self, trademark: Trademark) -> list[tuple[Standing, int]]:
        """Return in how many classes a trademark stands how, strongest first."""
        found = [cell.standing for cell in self.column(trademark)]
        return [(one, found.count(one)) for one in STANDINGS.values() if one in found]


def matrix(region: Region | None, *, on: date, public: bool) -> Matrix:
    """Return the register of a county, or of all of them without one. 2 queries.

    The public sees no plans: a class that is only planned would tell others what to file first.
    """
    marks = Trademark.objects.select_related("image", "region")
    marks = marks.filter(region=region) if region else marks.order_by("region", "position", "name", "pk")
    filings = Filing.objects.filter(trademark__in=marks.values("pk")).order_by("pk")
    if public:
        filings = filings.exclude(state=Filing.State.PLANNED)
    shown = tuple(marks)
    cells = _cells(filings, on=on)
    return Matrix(
        shown,
        tuple(
            Row(number, name, tuple(_cell(mark, number, cells[mark.pk, number]) for mark in shown))
            for number, name in CLASSES.items()
        ),
    )


Found = list[tuple[Standing, Filing]]


def _cells(filings: Iterable[Filing], *, on: date) -> dict[tuple[int, int], Found]:
    cells: dict[tuple[int, int], Found] = defaultdict(list)
    for filing in filings:
        cells[filing.trademark_id, filing.nice_class].append((standing(filing, on=on), filing))
    return cells


def _cell(mark: Trademark, number: int, found: Found) -> Cell:
    if not found:
        return Cell(mark, number)
    # of two that stand alike, the newer one
    best, filing = max(found, key=lambda one: (one[0].weight, one[1].pk))
    return Cell(mark, number, filing, best, len(found))
