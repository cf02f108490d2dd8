"""Which edition applies: worked out from the dates, so that nobody has to remember to switch it over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from brand.editions.models import Edition


class Standing(StrEnum):
    """Where an edition stands on one day."""

    COMING = "coming"
    IN_FORCE = "in_force"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Dated:
    """An edition, where it stands, and the last day it applied or will apply, where that is known."""

    edition: Edition
    standing: Standing
    until: date | None

    @property
    def is_in_force(self) -> bool:
        """Whether this is the text to follow."""
        return self.standing == Standing.IN_FORCE


@dataclass(frozen=True, slots=True)
class History:
    """All editions of one text, newest first."""

    editions: tuple[Dated, ...]

    @property
    def current(self) -> Dated | None:
        """The one in force."""
        return next((dated for dated in self.editions if dated.is_in_force), None)

    @property
    def coming(self) -> tuple[Dated, ...]:
        """Those that will come into force, newest first."""
        return tuple(dated for dated in self.editions if dated.standing == Standing.COMING)

    @property
    def earlier(self) -> tuple[Dated, ...]:
        """Those that no longer apply, newest first."""
        past = (Standing.REPLACED, Standing.WITHDRAWN)
        return tuple(dated for dated in self.editions if dated.standing in past)

    @property
    def first_to_show(self) -> Dated | None:
        """The one a visitor is shown first: the one in force, else the next to come, else the last."""
        soonest = self.coming[-1] if self.coming else None
        return self.current or soonest or (self.editions[0] if self.editions else None)


def history(editions: Iterable[Edition], *, on: date) -> History:
    """Return the editions of one text with where each stands on that day, newest first."""
    newest_first = sorted(editions, key=lambda edition: edition.in_force_from, reverse=True)
    followers: list[Edition | None] = [None, *newest_first]
    return History(
        tuple(_dated(one, next_one, on) for one, next_one in zip(newest_first, followers, strict=False))
    )


def _dated(edition: Edition, follower: Edition | None, on: date) -> Dated:
    ends: list[date] = [
        day for day in (edition.withdrawn_on, follower.in_force_from if follower else None) if day
    ]
    over = min(ends) if ends else None  # the first day it does not apply
    until = over - timedelta(days=1) if over else None
    if edition.in_force_from > on:
        return Dated(edition, Standing.COMING, until)
    if over is None or over > on:
        return Dated(edition, Standing.IN_FORCE, until)
    standing = Standing.WITHDRAWN if over == edition.withdrawn_on else Standing.REPLACED
    return Dated(edition, standing, until)
