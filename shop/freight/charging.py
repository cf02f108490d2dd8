"""What a delivery costs: the weight of each seller's goods by the template of the seller or county."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shop.freight.tables import Table, Zone, tables_of


class NotDelivered(ValueError):
    """A seller does not deliver there; the text says who, where and why."""


@dataclass(frozen=True, slots=True)
class Part:
    """The parcels of one seller: `grams` of goods and what they cost."""

    partner_id: int
    grams: int
    charge: Decimal
    why: str


@dataclass(frozen=True, slots=True)
class Freight:
    """What a delivery costs in yuan, seller by seller. Not `known`: no district yet, the usual price."""

    charge: Decimal
    why: str
    parts: tuple[Part, ...] = ()
    known: bool = True


def freight_for(*, lines: Iterable[Any], district_code: str) -> Freight:
    """Return what it costs to send `lines` (of a basket: product, stockrecord, quantity) to a district.

    Without a district the usual zone is counted and the result says that it is not `known`. What is picked
    up has no freight: do not ask. A seller under no template sends free of charge.

    Raises:
        NotDelivered: a seller's zone excludes the district.
    """
    tables, weights = _weighed(list(lines))
    parts = tuple(
        _part(partner, grams, tables.get(partner), district_code) for partner, grams in weights.items()
    )
    charge = sum((part.charge for part in parts), Decimal("0.00"))
    why = pgettext("between reasons", "; ").join(dict.fromkeys(part.why for part in parts if part.why))
    return Freight(charge, why, parts, known=bool(district_code))


def charge_of(table: Table, zone: Zone, *, grams: int) -> Decimal:
    """Return the price of `grams`: the first weight, and each further step that is begun."""
    further = max(0, grams - table.first_grams)
    steps = -(-further // table.further_grams)
    return zone.first_charge + steps * zone.further_charge


def _part(partner: int, grams: int, table: Table | None, district_code: str) -> Part:
    if table is None:
        return Part(partner, grams, Decimal("0.00"), "")
    zone = table.zone_of(district_code)
    if zone is None:
        return Part(partner, grams, Decimal("0.00"), "")
    if not zone.delivered:
        raise NotDelivered(_("Not delivered there: %(why)s") % {"why": zone.note})
    why = _("%(kilograms)s kg by parcel") % {"kilograms": f"{Decimal(grams) / 1000:.2f}"}
    return Part(
        partner, grams, charge_of(table, zone, grams=grams), f"{why} ({zone.note})" if zone.note else why
    )


def _weighed(lines: list[Any]) -> tuple[Mapping[int, Table], dict[int, int]]:
    """Return the tables and the weights of the sellers of `lines`."""
    regions = {line.stockrecord.partner_id: _region_id(line.product) for line in lines}
    tables = tables_of(regions)
    weights = dict.fromkeys(regions, 0)
    for line in lines:
        partner = line.stockrecord.partner_id
        weights[partner] += line.quantity * _grams(line.product, tables.get(partner))
    return tables, weights


def _grams(article: Any, table: Table | None) -> int:
    """Return the packed weight of a piece: its own, of the article it is a variant of, the template's."""
    own = article.gross_grams or (article.parent.gross_grams if article.is_child else None)
    return own or (table.unweighed_grams if table else 0)


def _region_id(article: Any) -> int | None:
    licensed = article.brand_product
    if licensed is None and article.is_child:
        licensed = article.parent.brand_product
    return licensed.region_id if licensed else None
