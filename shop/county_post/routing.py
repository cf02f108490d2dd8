"""The stops of a line, set as a whole."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from shop.county_post.models import CountyLine, LineStop, Station


class UnknownStop(LookupError):
    """No station of the county has these names."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(_("No station is called %(names)s. Add it first.") % {"names": ", ".join(names)})


def set_stops(*, line: CountyLine, names: Iterable[str]) -> None:
    """Let `line` stop at the stations of these names, in this order.

    Raises:
        UnknownStop: some are no stations of the county; nothing was changed.
    """
    wanted = [name.strip() for name in names if name.strip()]
    stations = {one.name: one for one in Station.objects.filter(region=line.region, name__in=wanted)}
    if unknown := [name for name in wanted if name not in stations]:
        raise UnknownStop(unknown)
    with transaction.atomic():
        line.stops.all().delete()
        LineStop.objects.bulk_create(
            LineStop(line=line, position=place, station=stations[name]) for place, name in enumerate(wanted)
        )
