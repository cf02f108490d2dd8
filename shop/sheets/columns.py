"""What a table holds: its columns, and what becomes of each line."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import User
from shop.sheets.models import SheetLine

State = SheetLine.State
Cells = Mapping[str, str]


class Refused(ValueError):
    """A line cannot be taken over; the text says why in plain words."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key, how its heading reads, whether a line needs it, and an example."""

    key: str
    label: Promise | str
    example: str
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """What would become of a line, or became of it: its state, and sentences about it."""

    state: str
    says: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of table. `check` looks only; `take` does it in the transaction it is called in.

    Both raise `Refused` where a line cannot be taken over. `permission` is what who takes over must have.
    """

    slug: str
    label: Promise | str
    help: Promise | str
    columns: Sequence[Column]
    check: Callable[[Cells, datetime], Checked]
    take: Callable[[Cells, datetime, User], Checked]
    permission: str
    export: Callable[[], Any] | None = None


def changes(pairs: Mapping[str, tuple[object, object]]) -> list[str]:
    """Return what changes in words, from pairs of what is and what will be, by label."""
    return [
        _("%(label)s: %(was)s → %(now)s")
        % {"label": label, "was": was if was not in {None, ""} else "—", "now": now}
        for label, (was, now) in pairs.items()
        if was != now
    ]


def money(cells: Cells, key: str) -> Decimal | None:
    """Return the money in a cell, None where it is empty.

    Raises:
        Refused: it is no amount in yuan and cents, or negative.
    """
    text = cells.get(key, "").strip().lstrip("¥￥").replace(",", "")
    if not text:
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise Refused(_("%(text)s is no amount.") % {"text": text}) from None
    if not amount.is_finite() or amount < 0 or amount >= 10**8 or amount != round(amount, 2):
        raise Refused(_("%(text)s is no amount in yuan and cents.") % {"text": text})
    return round(amount, 2)


def whole(cells: Cells, key: str) -> int | None:
    """Return the whole number in a cell, None where it is empty.

    Raises:
        Refused: it is none, or negative.
    """
    text = cells.get(key, "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or len(text) > 7:
        raise Refused(_("%(text)s is no whole number.") % {"text": text})
    return int(text)


def day(cells: Cells, key: str) -> date:
    """Return the day in a cell, however people write it.

    Raises:
        Refused: it is none.
    """
    text = cells.get(key, "").strip()
    plain = text.replace("年", "-").replace("月", "-").replace("日", "").replace("/", "-").replace(".", "-")
    try:
        year, month, of_month = (int(part) for part in plain.split("-"))
        return date(year, month, of_month)
    except ValueError:
        raise Refused(_("%(text)s is no day. Write 2026-11-23.") % {"text": text or "—"}) from None
