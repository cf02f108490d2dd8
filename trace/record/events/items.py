"""What went into a step and what came out of it: amounts of named things (NY/T 4712-2025)."""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import ngettext

_ALWAYS = ("what", "quantity", "unit")
_LINE = re.compile(r"(?P<what>.*\S)\s+(?P<quantity>\d[\d,，]*(?:\.\d+)?)\s*(?P<unit>\S*)")


class InvalidItem(ValueError):
    """A line that is not `thing amount unit`."""


@dataclass(frozen=True, slots=True)
class Item:
    """An amount of something. The quantity is decimal text, so that it is hashed as it was written.

    A pesticide says its registration number (农药登记证号) and its safety interval (安全间隔期, days between
    use and harvest) as they were when it was used.
    """

    what: str
    quantity: str = ""
    unit: str = ""
    registration: str = ""
    safety_days: int | None = None

    def __str__(self) -> str:
        """Return it as people read it: `1% 苦参碱 300 毫升 (PD20132710 · 7 days until harvest)`."""
        interval = ngettext("{days} day until harvest", "{days} days until harvest", self.safety_days or 0)
        facts = (self.registration, interval.format(days=self.safety_days) if self.safety_days else "")
        label = " · ".join(fact for fact in facts if fact)
        return f"{self.line} ({label})" if label else self.line

    @property
    def line(self) -> str:
        """The line it is written in, without what the register adds: `葱苗 41,000 株`."""
        quantity = f"{Decimal(self.quantity):,}" if self.quantity else ""
        return " ".join(part for part in (self.what, quantity, self.unit) if part)


def parse_items(text: str) -> list[Item]:
    """Return one item per line of `thing amount unit`; amount and unit may be missing.

    Raises:
        InvalidItem: a line longer than a name, an amount and a unit can be.
    """
    return [_parse_line(line.strip()) for line in text.splitlines() if line.strip()]


def to_json(items: Iterable[Item]) -> list[dict[str, Any]]:
    """Return the items as the database keeps them; what only pesticides have stands only there."""
    return [
        {name: value for name, value in asdict(item).items() if name in _ALWAYS or value not in ("", None)}
        for item in items
    ]


def from_json(rows: Iterable[dict[str, Any]]) -> list[Item]:
    """Return the items the database keeps."""
    return [Item(**row) for row in rows]


def _parse_line(line: str) -> Item:
    if len(line) > 80:
        raise InvalidItem(line)
    match = _LINE.fullmatch(line)
    if not match:
        return Item(what=line)
    quantity = match["quantity"].replace(",", "").replace("，", "")
    return Item(what=match["what"], quantity=quantity, unit=match["unit"])
