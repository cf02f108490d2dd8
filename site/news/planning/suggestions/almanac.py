"""Festivals and the twenty-four solar terms that are coming, from the almanac. No query.

Solar terms follow the sun (GB/T 33661-2017), festivals mostly the moon; both are reckoned by lunar-python.
Of the many commemorative days those are kept that a county of growers has something to say about.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy
from lunar_python import Solar

from brand.models import Region
from cms.suggestions import Suggestion
from news.planning.weeks import days_from

TERM: Promise | str = gettext_lazy("solar term")
FESTIVAL: Promise | str = pgettext_lazy("almanac", "festival")
BY_MOON = {"春节", "元宵节", "龙头节", "端午节", "七夕节", "中秋节", "重阳节", "腊八节", "除夕"}
BY_SUN = {
    "元旦节": "元旦",
    "植树节": "植树节",
    "消费者权益日": "消费者权益日",
    "劳动节": "劳动节",
    "国庆节": "国庆节",
}
HARVEST_TERM, HARVEST_FESTIVAL = "秋分", "中国农民丰收节"  # the State Council set it on this term in 2018


def coming_days(*, region: Region, since: date, until: date) -> Iterator[Suggestion]:
    """Tell of festivals and solar terms."""
    for day in days_from(since, until):
        for kind, name in named(day):
            yield Suggestion(
                origin=f"almanac:{day:%Y%m%d}:{name}",
                kind=kind,
                title=name,
                on=day,
                category="industry" if kind is TERM else "event",
                beforehand=True,
            )


@lru_cache(maxsize=800)
def named(day: date) -> tuple[tuple[Promise | str, str], ...]:
    """Return what the almanac calls a day: its solar term, its festivals; mostly nothing."""
    solar = Solar.fromYmd(day.year, day.month, day.day)
    lunar = solar.getLunar()
    term = lunar.getJieQi()
    festivals = [name for name in lunar.getFestivals() if name in BY_MOON]
    festivals += [BY_SUN[name] for name in solar.getFestivals() if name in BY_SUN]
    festivals += [HARVEST_FESTIVAL] if term == HARVEST_TERM else []
    terms = [(TERM, term)] if term else []
    return (*terms, *((FESTIVAL, name) for name in festivals))


def names_between(first: date, last: date) -> dict[date, str]:
    """Return what the days of a span are called, where they have a name."""
    found = {day: "、".join(name for _kind, name in named(day)) for day in days_from(first, last)}
    return {day: names for day, names in found.items() if names}
