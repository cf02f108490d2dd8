"""Safety intervals (安全间隔期): days a crop must rest after its last pesticide before the harvest. Pure.

The days are those of the label, as the event says them (`events.items.Item.safety_days`): a register that
changes later does not change what was asked for then.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from record.events.items import Item


@dataclass(frozen=True, slots=True)
class Use:
    """Something with a safety interval was used."""

    what: str
    at: datetime
    days: int

    @property
    def free_on(self) -> date:
        """The first day on which may be harvested."""
        return timezone.localtime(self.at).date() + timedelta(days=self.days)

    def forbids(self, harvest: datetime) -> bool:
        """Tell whether a harvest lies inside the interval. What was cut before the use is not touched."""
        return self.at <= harvest and timezone.localtime(harvest).date() < self.free_on


def uses_in(items: Iterable[Item], *, at: datetime) -> Iterator[Use]:
    """Yield what of `items`, used at that moment, asks for an interval."""
    for item in items:
        if item.safety_days:
            yield Use(item.what, at, item.safety_days)


def interval_conflicts(*, uses: Iterable[Use], harvests: Iterable[datetime]) -> list[Promise]:
    """Return, as sentences, every harvest that came too soon after a use."""
    moments = sorted(set(harvests))
    return [_too_soon(use, at) for use in uses for at in moments if use.forbids(at)]


def _too_soon(use: Use, harvest: datetime) -> Promise:
    text = _(
        "{what} was used on {used} and must rest {days} days: the harvest can be on {free} at the earliest, "
        "not on {harvest}."
    )
    return format_lazy(
        text,
        what=use.what,
        used=f"{timezone.localtime(use.at):%Y-%m-%d}",
        days=use.days,
        free=f"{use.free_on:%Y-%m-%d}",
        harvest=f"{timezone.localtime(harvest):%Y-%m-%d}",
    )
