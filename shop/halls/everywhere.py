"""All halls, by province: where each county's hall is, and what kinds it sells."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import reverse

from brand.models import Region
from shop.halls.floors import hall_of
from shop.halls.kinds import Kind, kinds, on_top
from shop.halls.places import province_of


@dataclass(frozen=True, slots=True)
class HallOfCounty:
    """A county's hall with the address of its host."""

    region: Region
    url: str
    slogan: str
    kinds: list[Kind]


@dataclass(frozen=True, slots=True)
class Province:
    """The halls of one province."""

    name: str
    halls: list[HallOfCounty]


def halls_by_province(counties: list[Region], request: HttpRequest, *, on: date) -> list[Province]:
    """Return the halls in the order of their division codes. Two queries a county, all kept."""
    ordered = sorted(counties, key=lambda county: county.adcode)
    return [
        Province(name, [_hall(county, request, on=on) for county in grouped])
        for name, grouped in groupby(ordered, key=province_of)
    ]


def _hall(county: Region, request: HttpRequest, *, on: date) -> HallOfCounty:
    set_up = hall_of(county)
    host = _origin(county, request)
    found = [
        Kind(kind.pk, kind.name, f"{host}{kind.url}", kind.path, kind.depth, kind.sells)
        for kind in on_top(kinds(county, on=on))
    ]
    return HallOfCounty(county, f"{host}{reverse('home')}", set_up.slogan if set_up else "", found)


def _origin(county: Region, request: HttpRequest) -> str:
    """Return scheme, host and port of a county's site, those of the request for its own."""
    own = getattr(request, "region", None)
    if county.site is None or (own and own.pk == county.pk):
        return ""
    port = urlsplit(f"//{request.get_host()}").port
    return f"{request.scheme}://{county.site.hostname}{f':{port}' if port else ''}"
