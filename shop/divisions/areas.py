"""Areas as an office writes them: names of provinces, cities or districts, kept as beginnings of codes."""

import re
from functools import cache

from shop.divisions.finding import CITY_END, PROVINCE_END
from shop.divisions.table import names

_BETWEEN = re.compile(r"[\s,，、;；]+")


class UnknownArea(ValueError):
    """No division has that name, or several have; `name` is what was written."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def codes_of(text: str) -> list[str]:
    """Return the areas named in `text`: two digits for a province, four for a city, six for a district.

    Raises:
        UnknownArea: of the first that is not known.
    """
    found = [_code(name) for name in _BETWEEN.split(text) if name]
    return list(dict.fromkeys(found))


def names_of(areas: list[str]) -> str:
    """Return the names of areas, as `codes_of` reads them; a name several have stays a code."""
    return "、".join(_name(area) for area in areas)


def _code(written: str) -> str:
    if written.isdecimal() and f"{written:0<6}" in names() and len(written) in {2, 4, 6}:
        return written
    code = _by_name().get(written)
    if not code:
        raise UnknownArea(written)
    return code


def _name(area: str) -> str:
    name = names().get(f"{area:0<6}", area)
    return name if _by_name().get(name) == area else area


@cache
def _by_name() -> dict[str, str]:
    """Return the area of each name; of a name for two the larger area, "" where both are alike."""
    known: dict[str, str] = {}
    for code, name in names().items():
        area = code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
        for word in {name, _short(area, name)}:
            before = known.get(word)
            if before is None or len(area) < len(before):
                known[word] = area
            elif len(area) == len(before) and before != area:
                known[word] = ""
    return known


def _short(area: str, name: str) -> str:
    if len(area) == len("14"):
        return PROVINCE_END.sub("", name)
    return CITY_END.sub("", name) if len(area) == len("1404") and len(name) > len("吉林") else name
