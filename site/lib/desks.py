"""What an area puts on a desk, whether a member's or a seller's: rows, and what is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Due = TypeVar("Due")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a part: what it is, a smaller line below, and a state with its tone.

    `tone` is a class of `.tag`: "ok", "warn", "bad", "brand" or "" for plain.
    """

    text: str
    url: str = ""
    note: str = ""
    state: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Part(Generic[Due]):
    """One area of a desk.

    `rows` are the newest few, `more_url` leads to all of them; `empty` says what to do where there is no row,
    `act_url` and `act_label` are the one thing most people come for. `count` is how many wait, shown beside
    the title where it is not 0. `icon` is a drawing of icons.svg.
    """

    title: str
    dues: Sequence[Due] = ()
    rows: Sequence[Row] = ()
    count: int = 0
    more_url: str = ""
    icon: str = "file"
    empty: str = ""
    act_url: str = ""
    act_label: str = ""


@dataclass(frozen=True)
class Desk(Generic[Due]):
    """Everything on a desk."""

    dues: list[Due]
    parts: list[Part[Due]]
