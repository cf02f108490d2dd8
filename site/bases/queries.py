"""Reads of the base pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from brand.models import Licence, Product, Region
from record.models import Batch
from telemetry.live.stations import GRACE
from telemetry.models import Base, Device, Reading

LATEST_BATCHES = 6  # shown
BATCHES_READ = 60  # of which the products are shown


@dataclass(frozen=True, slots=True)
class BaseCard:
    """What the list shows of a base; the temperature is that of a device that is heard now."""

    base: Base
    devices: Sequence[Device]
    is_online: bool = False
    temperature: float | None = None

    @property
    def last_seen(self) -> datetime | None:
        """When any device was last heard."""
        return max((device.last_seen for device in self.devices if device.last_seen), default=None)


@dataclass(frozen=True, slots=True)
class BaseRecord:
    """What the page of a base shows beside its readings; `grown` holds planting and harvest of batches."""

    batches: list[Batch]
    products: list[Product]
    licences: list[Licence]
    grown: list[tuple[date | None, date | None]]


def base_cards(region: Region | None, *, now: datetime) -> list[BaseCard]:
    """Return the bases of a county, those with devices first. 2 queries, however many bases."""
    bases = Base.objects.filter(region=region).select_related("region", "image")
    bases = bases.prefetch_related(Prefetch("devices", _devices_with_newest(), to_attr="devices_in_use"))
    cards = [_card(base, now) for base in bases]
    return sorted(cards, key=lambda card: (not card.devices, card.base.name))


def base_record(base: Base, *, on: date) -> BaseRecord:
    """Return what grew on a base lately. 2 queries."""
    batches = list(
        Batch.objects.filter(base=base)
        .select_related("product__member", "product__image", "product__region")
        .order_by("-harvested_on", "-pk")[:BATCHES_READ]
    )
    products = list({batch.product_id: batch.product for batch in batches}.values())
    licences = Licence.objects.valid(on=on).filter(products__in=[product.pk for product in products])
    return BaseRecord(
        batches=[batch for batch in batches if batch.product.gtin][:LATEST_BATCHES],
        products=products,
        licences=list(licences.select_related("member").distinct().order_by("number")),
        grown=[(batch.planted_on, batch.harvested_on) for batch in batches],
    )


def is_heard(device: Device, *, now: datetime) -> bool:
    """Tell whether what a device said last may be called current: a page may be a little older than it."""
    longest = timedelta(minutes=device.silent_after) + GRACE
    return device.online and device.last_seen is not None and now - device.last_seen <= longest


def _devices_with_newest() -> QuerySet[Device]:
    newest = Reading.objects.filter(device_id=OuterRef("pk")).order_by("-at").values("values")[:1]
    return Device.objects.filter(is_active=True).annotate(newest=Subquery(newest)).order_by("device_id")


def _card(base: Base, now: datetime) -> BaseCard:
    devices: Sequence[Device] = getattr(base, "devices_in_use", ())
    heard = [device for device in devices if is_heard(device, now=now)]
    known = (newest for device in heard if (newest := getattr(device, "newest", None)))
    degrees = next((values["temperature"] for values in known if "temperature" in values), None)
    return BaseCard(base, devices, is_online=bool(heard), temperature=degrees)
