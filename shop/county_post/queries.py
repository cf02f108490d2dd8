"""Reads of the stations' pages."""

from django.db.models import Prefetch, QuerySet

from brand.models import Region
from shop.county_post.models import CountyLine, LineStop, Station
from shop.fulfilment.models import Parcel
from shop.tracking.models import TrackingEvent

NEWEST = 10


def here(station: Station) -> list[Parcel]:
    """Return the parcels that were last seen at `station` and have not gone on. Two queries."""
    seen = TrackingEvent.objects.filter(station=station, parcel__state__in=Parcel.ON_THE_WAY)
    newest: dict[int, TrackingEvent] = {}
    for event in seen.select_related("parcel__consignment__order__shipping_address").order_by("-at", "-pk")[
        :200
    ]:
        newest.setdefault(event.parcel_id, event)
    return [event.parcel for event in newest.values() if event.parcel.traced_at == event.at]


def recent(station: Station) -> QuerySet[TrackingEvent]:
    """Return what was scanned here last. One query."""
    return station.events.select_related("parcel", "by").order_by("-at", "-pk")[:NEWEST]


def vans_at(station: Station) -> QuerySet[CountyLine]:
    """Return the lines that stop at `station`. One query."""
    return CountyLine.objects.filter(stops__station=station, running=True).distinct()


def lines_of(region: Region) -> QuerySet[CountyLine]:
    """Return the running lines of a county with their stops. Two queries."""
    stops = LineStop.objects.select_related("station").order_by("position")
    return CountyLine.objects.filter(region=region, running=True).prefetch_related(Prefetch("stops", stops))
