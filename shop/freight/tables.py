"""Freight templates as they are read: one table for each seller, its zones ready to be looked up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q

from changes.kept import kept
from shop.freight.models import FreightZone

_FIELDS = (
    "template_id",
    "template__region_id",
    "template__partner_id",
    "template__first_grams",
    "template__further_grams",
    "template__unweighed_grams",
    "areas",
    "delivered",
    "first_charge",
    "further_charge",
    "note",
)


@dataclass(frozen=True, slots=True)
class Zone:
    """Prices of one zone in yuan, or why nothing is delivered there."""

    delivered: bool
    first_charge: Decimal
    further_charge: Decimal
    note: str


@dataclass(slots=True)
class Table:
    """One template: weights in grams, zones by the beginning of the division code ("" is everywhere else)."""

    first_grams: int
    further_grams: int
    unweighed_grams: int
    zones: dict[str, Zone] = field(default_factory=dict)

    def zone_of(self, district_code: str) -> Zone | None:
        """Return the zone whose area fits most closely: district, city, province, everywhere else."""
        for digits in (6, 4, 2, 0):
            zone = self.zones.get(district_code[:digits])
            if zone is not None:
                return zone
        return None


def tables_of(regions: Mapping[int, int | None]) -> dict[int, Table]:
    """Return the table of each seller: their own, else their county's. `regions` is partner → county.

    One query, none while nothing public changes; sellers without either are left out.
    """
    return kept.get(("freight", frozenset(regions.items())), lambda: _read(regions))


def _read(regions: Mapping[int, int | None]) -> dict[int, Table]:
    found = FreightZone.objects.filter(
        Q(template__partner__in=set(regions))
        | Q(template__partner=None, template__region__in={region for region in regions.values() if region})
    )
    own: dict[int, Table] = {}
    of_county: dict[int, Table] = {}
    for row in found.values_list(*_FIELDS):
        _template, region, partner, first, further, unweighed, areas, *zone = row
        tables, key = (of_county, region) if partner is None else (own, partner)
        table = tables.setdefault(key, Table(first, further, unweighed))
        for area in areas or [""]:
            table.zones[area] = Zone(*zone)
    chosen = {partner: own.get(partner) or of_county.get(region or 0) for partner, region in regions.items()}
    return {partner: table for partner, table in chosen.items() if table is not None}
