"""Finding the district in an address as people write it: without 省, 市 or 区, with parts left out."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from shop.divisions.table import Place, cities, districts, names, place, provinces

_PEOPLES = (
    "藏族|回族|壮族|苗族|彝族|土家族|侗族|布依族|朝鲜族|白族|傣族|哈尼族|景颇族|傈僳族|羌族|蒙古族|蒙古|哈萨克"
    "|柯尔克孜|满族|黎族|瑶族|畲族|维吾尔"
)
PROVINCE_END = re.compile(r"(?:壮族|回族|维吾尔)?自治区$|省$|市$")
CITY_END = re.compile(rf"(?:(?:{_PEOPLES})+)?自治州$|地区$|盟$|市$")
_DISTRICT_END = re.compile(rf"(?:(?:{_PEOPLES})+)?自治[县旗]$|[区县市旗]$")
_SHORTEST = 2


def find_place(text: str) -> tuple[Place, int, int] | None:
    """Return the district that `text` names, with where its words begin and end; None if it is not clear."""
    for start, end, province in _provinces_in(text):
        found = _within_province(text, end, province)
        if found:
            return found[0], start, found[1]
    return _by_city(text) or _by_district(text)


def _within_province(text: str, at: int, province: str) -> tuple[Place, int] | None:
    for end, city in _named_at(text, at, cities(province), CITY_END):
        found = _district_at(text, end, districts(city)) or _only(city, end)
        if found:
            return found
    # the city was left out; or the province is one itself (北京市东城区)
    below = [pair for city, _name in cities(province) for pair in districts(city)]
    return _district_at(text, at, below)


def _district_at(text: str, at: int, known: Iterable[tuple[str, str]]) -> tuple[Place, int] | None:
    for end, code in _named_at(text, at, known, _DISTRICT_END):
        found = place(code)
        if found:
            return found, end
    return None


def _only(city: str, end: int) -> tuple[Place, int] | None:
    """Return a city that has no districts (东莞市)."""
    found = place(city)
    return (found, end) if found else None


def _by_city(text: str) -> tuple[Place, int, int] | None:
    """Return the district of an address that begins with the city."""
    for code, name in _all_cities():
        start = text.find(name)
        if start < 0:
            continue
        end = start + len(name)
        found = _district_at(text, end, districts(code)) or _only(code, end)
        if found:
            return found[0], start, found[1]
    return None


def _by_district(text: str) -> tuple[Place, int, int] | None:
    """Return the one district whose whole name stands in the text."""
    hits = [
        (found, text.find(name), text.find(name) + len(name))
        for name, code in _unique_districts().items()
        if name in text and (found := place(code))
    ]
    return hits[0] if len(hits) == 1 else None


def _provinces_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where the provinces stand in the text, the first first, whole names before short ones."""
    found = []
    for code, name in provinces():
        short = PROVINCE_END.sub("", name)
        for word in (name, short):
            start = text.find(word)
            if start >= 0:
                found.append((start, -len(word), start + len(word), code))
    yield from ((start, end, code) for start, _length, end, code in sorted(found))


def _named_at(
    text: str, at: int, known: Iterable[tuple[str, str]], ending: re.Pattern[str]
) -> Iterator[tuple[int, str]]:
    """Yield those whose name, whole or without its ending, stands at `at` (spaces aside): longest first."""
    at += len(text[at:]) - len(text[at:].lstrip(" "))
    rest = text[at:]
    hits = []
    for code, name in known:
        short = ending.sub("", name)
        if rest.startswith(name):
            hits.append((len(name), code))
        elif len(short) >= _SHORTEST and rest.startswith(short):
            hits.append((len(short), code))
    yield from ((at + length, code) for length, code in sorted(hits, reverse=True))


@cache
def _all_cities() -> list[tuple[str, str]]:
    return [
        (code, name) for province, _name in provinces() for code, name in cities(province) if len(name) > 2
    ]


@cache
def _unique_districts() -> dict[str, str]:
    """Return the districts whose name no other has."""
    seen: dict[str, str] = {}
    twice = set()
    for code, name in names().items():
        if code.endswith("00") or len(name) < 3:  # 郊区 and 城区 are everywhere
            continue
        if name in seen:
            twice.add(name)
        seen[name] = code
    return {name: code for name, code in seen.items() if name not in twice}
