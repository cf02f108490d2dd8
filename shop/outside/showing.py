"""The halls elsewhere, as the hall's page names them."""

from dataclasses import dataclass
from datetime import datetime

from brand.models import Region
from shop.models import OutsideHall


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """One hall on another platform."""

    platform: str
    name: str
    url: str


def outside_halls(region: Region, *, at: datetime) -> list[Elsewhere] | None:
    """Return the county's halls elsewhere that are shown and have an address. One query."""
    shown = OutsideHall.objects.filter(region=region, shown=True).exclude(url="")
    return [Elsewhere(hall.get_platform_display(), hall.name, hall.url) for hall in shown] or None
