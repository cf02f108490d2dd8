"""What figures are asked for: a county or all, some days, and narrowings."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

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

    @property
    def below(self) -> str:
        """The tree path under which the county's courses stand; "" for all, or a county without a site."""
        site = self.region.site if self.region else None
        return site.root_page.path if site else ""
