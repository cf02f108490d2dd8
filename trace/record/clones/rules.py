"""The signs that one code is on more than one package. Pure: what was seen in, what gives it away out.

A package travels, a phone's network may place it wrongly, so each rule errs towards saying nothing:
distances are the least two provinces can be apart, and two sightings by one phone are no journey.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from record.scans.provinces import least_km, province_of

FASTEST: Final = 800  # km/h, an airliner from door to door at its very best
FAR_KM: Final = 300  # from the nearest province the product is sold in
WINDOW: Final = timedelta(hours=24)  # longer than any journey within the country takes by air
_SOONEST: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Sighting:
    """One scan with a place."""

    at: datetime
    device: str
    place: str

    @property
    def province(self) -> str:
        """The province, or "" where the place names none."""
        return province_of(self.place)


def impossible_journey(sightings: Sequence[Sighting]) -> dict[str, Any] | None:
    """Return the first pair of sightings by two phones that no package can have travelled between."""
    provinces = {each.province for each in sightings}
    if len(provinces) < 2:  # nearly every package
        return None
    placed = sorted((each for each in sightings if each.province), key=lambda each: each.at)
    for place, later in enumerate(placed):
        for earlier in placed[:place]:
            apart = later.at - earlier.at <= WINDOW and later.device != earlier.device
            if apart and _speed(earlier, later) > FASTEST:
                return _journey(earlier, later)
    return None


def phones_outside(sightings: Iterable[Sighting], *, sold_in: Sequence[str]) -> dict[str, str]:
    """Return the phones that scanned far from every province in `sold_in`, each with its first place."""
    found: dict[str, str] = {}
    for seen in sightings:
        if sold_in and seen.province and _far(seen.province, sold_in):
            found.setdefault(seen.device, seen.place)
    return found


def _far(province: str, sold_in: Sequence[str]) -> bool:
    return province not in sold_in and min(least_km(province, each) for each in sold_in) > FAR_KM


def _speed(earlier: Sighting, later: Sighting) -> float:
    hours = max(later.at - earlier.at, _SOONEST) / timedelta(hours=1)
    return least_km(earlier.province, later.province) / hours


def _journey(earlier: Sighting, later: Sighting) -> dict[str, Any]:
    return {
        "from": earlier.place,
        "to": later.place,
        "minutes": int((later.at - earlier.at) / timedelta(minutes=1)),
        "km": round(least_km(earlier.province, later.province)),
    }
