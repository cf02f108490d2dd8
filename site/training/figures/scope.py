"""What figures are asked for: a county or all, some days, and narrowings."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from brand.models import Region


@dataclass(frozen=True, slots=True)
class Scope:
    """Days are local and inclusive. Empty `kind`, `group` and `place` narrow nothing."""

    region: Region | None
    since: date
    until: date
    kind: str = ""
    group: str = ""
    place: str = ""

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """The first moment of the first day, and the first one after the last day."""
        begin = timezone.make_aware(datetime.combine(self.since, time.min))
        end = timezone.make_aware(datetime.combine(self.until + timedelta(days=1), time.min))
        return begin, end

    def of_courses(self, course: str) -> Q:
        """Return what narrows rows to the county's courses, which `course` leads to.

        They stand below the county's site: a county without one has none.
        """
        if self.region is None:
            return Q()
        if self.region.site is None:
            return Q(pk__in=())
        return Q(**{f"{course}__path__startswith": self.region.site.root_page.path})
