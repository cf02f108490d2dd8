"""Reads of the public register of trademarks."""

from dataclasses import dataclass
from datetime import date

from brand.models import Region, Trademark
from brand.trademarks.matrix import Cell, Matrix, matrix
from brand.trademarks.standing import Standing


@dataclass(frozen=True, slots=True)
class Shown:
    """A trademark with how far it has come: a number of classes for each standing, and each class."""

    trademark: Trademark
    counts: list[tuple[Standing, int]]
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Register:
    """The table, each trademark by itself, and the signs that occur."""

    table: Matrix
    marks: list[Shown]
    legend: list[Standing]


def public_matrix(region: Region | None, *, on: date) -> Register:
    """Return the register of a county as the public sees it, without plans. 2 queries."""
    if region is None:
        return Register(Matrix((), ()), [], [])
    table = matrix(region, on=on, public=True)
    marks = [Shown(mark, table.counts(mark), list(table.column(mark))) for mark in table.trademarks]
    seen = {standing.key: standing for shown in marks for standing, _count in shown.counts}
    return Register(table, marks, sorted(seen.values(), key=lambda standing: -standing.weight))
