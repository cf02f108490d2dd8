"""What was published in a period: by week against the target, by category, channel, author; how often read.

Counted are posts that are live, on the date they carry. Five queries for any period.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from brand.models import Region
from news.categories import Category
from news.counting.figures import views_of
from news.models import NewsPage, Plan
from news.planning.counties import counties
from news.planning.models import USUALLY_LEAST, USUALLY_MOST
from news.planning.standing import targets
from news.planning.weeks import DAYS, week_of

MOST_DAYS: Final = 3 * 366


@dataclass(frozen=True, slots=True)
class Published:
    """One post that is out."""

    pk: int
    title: str
    day: date
    category: str
    author: str
    region: Region
    planned: str
    at_wechat: bool
    views: int

    @property
    def category_name(self) -> str:
        """The category in words."""
        return str(Category(self.category).label)


@dataclass(frozen=True, slots=True)
class Week:
    """One week of the period: what was published, and what the counties asked for publish together."""

    monday: date
    count: int
    views: int
    least: int
    most: int
    whole: bool

    @property
    def missing(self) -> int:
        """How many posts are missing to the target; a week that is only touched misses none."""
        return max(0, self.least - self.count) if self.whole else 0


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of a period."""

    since: date
    until: date
    posts: Sequence[Published]
    weeks: Sequence[Week]
    categories: Sequence[tuple[str, int, int]] = field(default_factory=list)
    authors: Sequence[tuple[str, int, int]] = field(default_factory=list)
    site: int = 0
    wechat: int = 0
    meant_for_wechat: int = 0

    @property
    def views(self) -> int:
        """How often the posts were opened in the period."""
        return sum(post.views for post in self.posts)

    @property
    def whole_weeks(self) -> int:
        """How many weeks lie in the period entirely."""
        return sum(week.whole for week in self.weeks)

    @property
    def weeks_reached(self) -> int:
        """In how many of them the target was reached."""
        return sum(week.whole and not week.missing for week in self.weeks)


def figures(region: Region | None, *, since: date, until: date, today: date) -> Figures:
    """Return the numbers of a period, both days included; of one county or of all."""
    until = max(since, min(until, since + timedelta(days=MOST_DAYS - 1)))
    known = [region] if region is not None else list(counties().rows)
    posts = _posts(region, since, until)
    least, most = _target(known)
    return Figures(
        since=since,
        until=until,
        posts=posts,
        weeks=_weeks(posts, since, until, least=least, most=most, today=today),
        categories=_by([(post.category_name, post.views) for post in posts]),
        authors=_by([(post.author, post.views) for post in posts]),
        site=len(posts),
        wechat=sum(post.at_wechat for post in posts),
        meant_for_wechat=sum(post.planned in {Plan.Channel.WECHAT, Plan.Channel.BOTH} for post in posts),
    )


def _posts(region: Region | None, since: date, until: date) -> list[Published]:
    rows = NewsPage.objects.live().filter(published_on__range=(since, until))
    if region is not None and region.site is not None:
        rows = rows.descendant_of(region.site.root_page)
    known, views = counties(), views_of(rows.values("pk"), first=since, last=until)
    columns = (
        "pk",
        "title",
        "published_on",
        "category",
        "author",
        "path",
        "plan__channel",
        "wechat_draft__state",
    )
    return [
        Published(pk, title, day, category, author, of, planned or "", state == "published", views.get(pk, 0))
        for pk, title, day, category, author, path, planned, state in rows.order_by(
            "published_on", "pk"
        ).values_list(*columns)
        if (of := known.of(path))
    ]


def _target(regions: Iterable[Region]) -> tuple[int, int]:
    own = targets()
    each = [own.get(region.pk, (USUALLY_LEAST, USUALLY_MOST)) for region in regions]
    return sum(least for least, _most in each), sum(most for _least, most in each)


def _weeks(
    posts: Iterable[Published], since: date, until: date, *, least: int, most: int, today: date
) -> list[Week]:
    count: Counter[date] = Counter()
    views: Counter[date] = Counter()
    for post in posts:
        count[week_of(post.day)] += 1
        views[week_of(post.day)] += post.views
    number = (week_of(until) - week_of(since)).days // DAYS + 1
    mondays = [week_of(since) + timedelta(days=DAYS * step) for step in range(number)]
    return [
        Week(
            monday,
            count[monday],
            views[monday],
            least,
            most,
            whole=since <= monday and monday + timedelta(days=DAYS - 1) <= min(until, today),
        )
        for monday in mondays
    ]


def _by(rows: Iterable[tuple[str, int]]) -> list[tuple[str, int, int]]:
    """Return how many posts each name has and how often they were opened, most posts first."""
    count: Counter[str] = Counter()
    views: Counter[str] = Counter()
    for name, opened in rows:
        count[name] += 1
        views[name] += opened
    return [(name, number, views[name]) for name, number in count.most_common()]
