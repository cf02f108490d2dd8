"""The season of an article: when there is a harvest, and when there will be one again."""

from dataclasses import dataclass
from datetime import date

from shop.catalogue.models import Product


@dataclass(frozen=True, slots=True)
class Season:
    """First and last month of the harvest, seen from a day."""

    first: int
    last: int
    on: date

    @property
    def now(self) -> bool:
        """Tell whether it is being harvested; a season may go over the turn of the year."""
        month = self.on.month
        if self.first <= self.last:
            return self.first <= month <= self.last
        return month >= self.first or month <= self.last

    @property
    def next_year(self) -> int:
        """Return the year in which the next harvest begins."""
        return self.on.year if self.on.month < self.first else self.on.year + 1

    @property
    def whole_year(self) -> bool:
        """Tell whether there is no month without a harvest."""
        return (self.last + 1 - self.first) % 12 == 0


def season_of(article: Product, *, on: date) -> Season | None:
    """Return the season an article names, None for what has none."""
    if article.season_from is None or article.season_to is None:
        return None
    return Season(article.season_from, article.season_to, on)


def season_of_harvests(days: list[date], *, on: date) -> Season | None:
    """Return the season that the harvests of earlier batches tell of: their months without the longest gap.

    A forecast for an article that names no season itself.
    """
    months = sorted({day.month for day in days})
    if not months:
        return None
    gaps = [(months[(at + 1) % len(months)] - month - 1) % 12 for at, month in enumerate(months)]
    longest = max(range(len(months)), key=lambda at: gaps[at])
    return Season(months[(longest + 1) % len(months)], months[longest], on)
