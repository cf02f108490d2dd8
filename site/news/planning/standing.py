"""How a county stands in a week: what is out, what is coming, what is missing to its target."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from brand.models import Region
from news.models import WeeklyTarget
from news.planning.counties import counties
from news.planning.entries import Entry
from news.planning.models import USUALLY_LEAST, USUALLY_MOST
from news.planning.tones import Tone
from news.planning.weeks import week_of


@dataclass(frozen=True, slots=True)
class Standing:
    """One county in one week. `planned` is what is neither out nor scheduled."""

    region: Region
    monday: date
    least: int
    most: int
    live: int = 0
    scheduled: int = 0
    planned: int = 0

    @property
    def sure(self) -> int:
        """What is out or goes out by itself."""
        return self.live + self.scheduled

    @property
    def missing(self) -> int:
        """What nobody has even planned."""
        return max(0, self.least - self.sure - self.planned)

    @property
    def is_short(self) -> bool:
        """Whether somebody still has to finish something."""
        return self.sure < self.least

    @property
    def too_many(self) -> int:
        """How many more than the target asks for."""
        return max(0, self.sure + self.planned - self.most)


def targets() -> dict[int, tuple[int, int]]:
    """Return least and most of the counties that set their own. 1 query."""
    return {row.region_id: (row.least, row.most) for row in WeeklyTarget.objects.all()}


def standings(
    cards: Iterable[Entry], *, day: date, regions: Sequence[Region] | None = None
) -> list[Standing]:
    """Return how the counties stand in the week of `day`, by the cards of that week. 1 or 2 queries."""
    own, monday, all_cards = targets(), week_of(day), list(cards)
    found = []
    for region in counties().rows if regions is None else regions:
        least, most = own.get(region.pk, (USUALLY_LEAST, USUALLY_MOST))
        counted = _count(
            [card for card in all_cards if card.region.pk == region.pk and week_of(card.day) == monday]
        )
        found.append(Standing(region, monday, least, most, **counted))
    return found


def _count(cards: Sequence[Entry]) -> dict[str, int]:
    """Count each post once: on the day it goes live, else on the day it is planned for."""
    out: dict[str, set[int]] = {"live": set(), "scheduled": set()}
    planned = 0
    for card in cards:
        if card.tone in (Tone.LIVE, Tone.SCHEDULED):
            if card.post is not None and card.goes_live == card.day:
                out[card.tone.value].add(card.post.pk)
        else:
            planned += 1
    return {"live": len(out["live"]), "scheduled": len(out["scheduled"]), "planned": planned}
