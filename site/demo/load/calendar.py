"""Days and moments as the content counts them: backwards from the day of loading, so that it never ages."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone


@dataclass(frozen=True, slots=True)
class Calendar:
    """The calendar of one loading; `at` is its clock. Times of day are those of the site's time zone."""

    at: datetime

    def day(self, days: int) -> date:
        """Return the day that many days ago; negative lies ahead."""
        return timezone.localdate(self.at) - timedelta(days=days)

    def moment(self, days: int, clock: str) -> datetime:
        """Return `clock` (HH:MM) on the day that many days ago."""
        return timezone.make_aware(datetime.combine(self.day(days), time.fromisoformat(clock)))

    def optional_day(self, days: int | None) -> date | None:
        """Return the day, or None when the content names none."""
        return None if days is None else self.day(days)
