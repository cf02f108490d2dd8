"""Imports: a table is kept with a report on each line; then what can be taken over is taken over."""

from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from lib.sheets import LONGEST_CELL, NotASheet, rows_of
from shop.models import SheetImport, SheetLine
from shop.sheets.columns import Cells, Checked, Kind, Refused

State = SheetLine.State


def keep_sheet(*, kind: Kind, name: str, content: bytes, user: User, at: datetime) -> SheetImport:
    """Keep the file and a report on each line. Nothing is changed yet.

    Raises:
        NotASheet: it cannot be read as a table of this kind; nothing is kept.
    """
    lines = _lines(kind, content)
    checked = [(number, cells, _checked(kind, cells, at)) for number, cells in lines]
    with transaction.atomic():
        kept = SheetImport.objects.create(
            kind=kind.slug, name=name[:120], content=content, uploaded_at=at, uploaded_by=user
        )
        SheetLine.objects.bulk_create(
            SheetLine(source=kept, number=number, cells=cells, state=found.state, says=found.says)
            for number, cells, found in checked
        )
    return kept


def check_again(*, source: SheetImport, kind: Kind, at: datetime) -> None:
    """Report anew on what was not taken over: something may have been entered meanwhile."""
    rows = list(source.lines.exclude(state=State.DONE))
    for row in rows:
        found = _checked(kind, row.cells, at)
        row.state, row.says = found.state, found.says
    SheetLine.objects.bulk_update(rows, ["state", "says"], batch_size=200)


def take_over(*, source: SheetImport, kind: Kind, user: User, at: datetime) -> int:
    """Take every line over that can be, in their order; return how many were.

    Each line is a transaction of its own that locks it first: of two who press the button at once each line
    is done by one, and an import that was cut off goes on where it stopped. A bad line keeps none back.
    """
    waiting = source.lines.filter(state=State.READY).values_list("pk", flat=True)
    done = sum(_take(pk, kind, user=user, at=at) for pk in list(waiting))
    SheetImport.objects.filter(pk=source.pk, done_at=None).update(done_at=at)
    return done


def _take(pk: int, kind: Kind, *, user: User, at: datetime) -> bool:
    try:
        with transaction.atomic():
            row = SheetLine.objects.select_for_update().filter(pk=pk, state=State.READY).first()
            if row is None:
                return False
            found = kind.take(row.cells, at, user)
            SheetLine.objects.filter(pk=pk).update(state=found.state, says=found.says)
            return found.state == State.DONE
    except Refused as error:
        reason = str(error)
    except IntegrityError:
        reason = _("Somebody entered the same at the same moment. Check again.")
    SheetLine.objects.filter(pk=pk, state=State.READY).update(state=State.FAULTY, says=[reason])
    return False


def _checked(kind: Kind, cells: Cells, at: datetime) -> Checked:
    try:
        _complete(kind, cells)
        return kind.check(cells, at)
    except Refused as error:
        return Checked(State.FAULTY, [str(error)])


def _complete(kind: Kind, cells: Cells) -> None:
    missing = [str(column.label) for column in kind.columns if column.needed and not cells.get(column.key)]
    if missing:
        raise Refused(_("Missing: %(columns)s.") % {"columns": "、".join(missing)})


def _lines(kind: Kind, content: bytes) -> list[tuple[int, dict[str, str]]]:
    headings, *rows = list(rows_of(content)) or [[]]
    known = _known(kind)
    keys = [known(heading) for heading in headings]
    missing = [str(column.label) for column in kind.columns if column.needed and column.key not in keys]
    if missing:
        text = _("The first line must name the columns. These are missing: {columns}")
        raise NotASheet(text.format(columns="、".join(missing)))
    found = [(number, _cells(keys, row)) for number, row in enumerate(rows, 2)]
    found = [(number, cells) for number, cells in found if any(cells.values())]
    if not found:
        raise NotASheet(_("The table has headings and nothing below them."))
    return found


def _known(kind: Kind) -> Callable[[str], str | None]:
    """Return the function that tells a column by its heading, in words or by its key, with or without *."""
    by_heading = {str(column.label).casefold(): column.key for column in kind.columns}
    by_heading |= {column.key: column.key for column in kind.columns}
    return lambda heading: by_heading.get(heading.strip().rstrip("*").strip().casefold())


def _cells(keys: list[str | None], row: list[str]) -> dict[str, str]:
    return {key: cell[:LONGEST_CELL] for key, cell in zip(keys, row, strict=False) if key and cell}
