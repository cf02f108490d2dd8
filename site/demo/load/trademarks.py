"""The trademark register: every standing there is. Numbers say that they are examples."""

from collections.abc import Mapping
from typing import Any

from brand.models import Filing, Trademark
from brand.trademarks.terms import last_day
from demo.load.county import County
from demo.load.pictures import seal
from lib.nice import CLASSES

_DAYS = ("applied", "published", "registered")
Words = Mapping[str, Any]


def add_trademarks(county: County) -> None:
    """Add the county's trademarks with their filings."""
    for place, words in enumerate(county.content("trademarks")["mark"], 1):
        mark = Trademark.objects.create(
            region=county.region,
            name=words["name"],
            kind=words["kind"],
            about=words["about"],
            owner=county.words["association"],
            image=seal(county.slug) if words.get("seal") else None,
            position=place * 10,
        )
        Filing.objects.bulk_create(_filings(county, mark, words["filing"]))


def _filings(county: County, mark: Trademark, rows: list[Words]) -> list[Filing]:
    named = {number for row in rows for number in row.get("classes", ())}
    rest = sorted(CLASSES.keys() - named)
    return [
        _filing(county, mark, row, number)
        for row in rows
        for number in (rest if row.get("rest") else row["classes"])
    ]


def _filing(county: County, mark: Trademark, row: Words, number: int) -> Filing:
    days = {f"{name}_on": county.calendar.optional_day(row.get(name)) for name in _DAYS}
    registered = days["registered_on"]
    planned = row["state"] == Filing.State.PLANNED
    return Filing(
        trademark=mark,
        nice_class=number,
        state=row["state"],
        number="" if planned else f"示例-{county.region.adcode}-{mark.pk:03d}",
        goods=row.get("goods", ""),
        expires_on=last_day(registered) if registered else None,
        agent="" if planned else "示例知识产权代理",
        **days,
    )
