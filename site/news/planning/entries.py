"""What stands on the calendar: plans on their day, posts on the day they go or went live.

A plan whose post goes live on another day stands on both days. Six queries for any span of days.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from wagtail.models import Page, Revision, WorkflowState

from accounts.models import User
from brand.models import Region
from news.models import NewsPage, Plan
from news.planning.counties import counties
from news.planning.tones import TONES, Tone, published_at_wechat, tone_of


@dataclass(frozen=True, slots=True)
class Entry:
    """One card of one day. `goes_live` is the day the post goes or went live, None before it is decided."""

    day: date
    tone: Tone
    title: str
    region: Region
    plan: Plan | None = None
    post: NewsPage | None = None
    goes_live: date | None = None
    at: datetime | None = None

    @property
    def word(self) -> Promise | str:
        """How far it is, in a word."""
        return TONES[self.tone]

    @property
    def is_plan(self) -> bool:
        """Whether the card stands for the plan, which can be moved, and not for going live elsewhere."""
        return self.plan is not None and self.day == self.plan.planned_on

    @property
    def channel(self) -> str:
        """Where it is published; a post nobody planned is on the website."""
        return self.plan.channel if self.plan else Plan.Channel.SITE

    @property
    def writer(self) -> User | None:
        """Who writes it."""
        return self.plan.author if self.plan else self.post and self.post.owner


@dataclass(frozen=True, slots=True)
class _Known:
    """What was read about the posts of a span."""

    schedule: Mapping[int, datetime]
    in_review: frozenset[int]
    today: date


def entries(*, first: date, last: date, at: datetime) -> list[Entry]:
    """Return the cards of those days, both included, in the order of a day."""
    plans = list(_plans(Q(planned_on__range=(first, last))))
    schedule = _schedule(first, last, [plan.post_id for plan in plans if plan.post_id])
    posts = list(_posts(first, last, schedule))
    elsewhere = {post.pk for post in posts} - {plan.post_id for plan in plans}
    plans += _plans(Q(post__in=elsewhere)) if elsewhere else []
    known = _Known(
        schedule, _in_review([plan.post_id for plan in plans if plan.post_id]), timezone.localdate(at)
    )
    cards = [*_of_plans(plans, known), *_of_posts(posts, plans, known)]
    shown = [card for card in cards if first <= card.day <= last]
    return sorted(shown, key=lambda card: (card.day, card.at is None, card.at, card.title))


def _plans(which: Q) -> Iterable[Plan]:
    rows = Plan.objects.filter(which).select_related(
        "region__site", "author", "post__owner", "post__wechat_draft", "changed_by"
    )
    return rows.defer("post__body")


def _posts(first: date, last: date, schedule: Mapping[int, datetime]) -> Iterable[NewsPage]:
    """Return posts that are live by their date, and those that go live in the span."""
    live = Q(live=True, published_on__range=(first, last))
    sent = Q(plan__channel=Plan.Channel.WECHAT, wechat_draft__published_at__range=_moments(first, last))
    rows = NewsPage.objects.filter(live | sent | Q(pk__in=list(schedule)))
    return rows.select_related("owner", "wechat_draft").defer("body")


def _schedule(first: date, last: date, posts: Sequence[int]) -> dict[int, datetime]:
    """Return when what is approved goes live: in the span, or of the posts named."""
    span = _moments(first, last)
    of_posts = Q(approved_go_live_at__isnull=False, object_id__in=[str(pk) for pk in posts])
    kind = ContentType.objects.get_for_model(NewsPage)
    rows = Revision.objects.filter(Q(approved_go_live_at__range=span) | of_posts, content_type=kind)
    return {int(pk): when for pk, when in rows.values_list("object_id", "approved_go_live_at")}


def _moments(first: date, last: date) -> tuple[datetime, datetime]:
    """Return the first and the last moment of a span of days."""
    zone = timezone.get_current_timezone()
    return (
        datetime.combine(first, datetime.min.time(), zone),
        datetime.combine(last, datetime.max.time(), zone),
    )


def scheduled_posts() -> list[int]:
    """Return the keys of posts that are approved and wait for their moment. 1 query."""
    # keys of revisions are text, those of posts numbers: PostgreSQL joins no such columns
    kind = ContentType.objects.get_for_model(NewsPage)
    rows = Revision.objects.filter(approved_go_live_at__isnull=False, content_type=kind)
    return [int(pk) for pk in rows.values_list("object_id", flat=True)]


def _in_review(posts: Sequence[int]) -> frozenset[int]:
    kind = ContentType.objects.get_for_model(Page, for_concrete_model=False)
    states = WorkflowState.objects.filter(
        base_content_type=kind,
        object_id__in=[str(pk) for pk in posts],
        status=WorkflowState.STATUS_IN_PROGRESS,
    )
    return frozenset(int(pk) for pk in states.values_list("object_id", flat=True))


def _of_plans(plans: Iterable[Plan], known: _Known) -> Iterator[Entry]:
    for plan in plans:
        yield _card(plan.planned_on, plan, plan.post, plan.region, known)


def _of_posts(posts: Iterable[NewsPage], plans: Iterable[Plan], known: _Known) -> Iterator[Entry]:
    """Yield posts on the day they go live, unless their plan stands there already."""
    planned = {plan.post_id: plan for plan in plans if plan.post_id}
    of_path = counties()
    for post in posts:
        plan = planned.get(post.pk)
        day = _live_day(plan, post, known)
        region = plan.region if plan else of_path.of(post.path)
        if day is None or region is None or (plan is not None and plan.planned_on == day):
            continue
        yield _card(day, plan, post, region, known)


def _live_day(plan: Plan | None, post: NewsPage | None, known: _Known) -> date | None:
    if post is None:
        return None
    if post.live:
        return post.published_on
    if sent := published_at_wechat(plan, post):
        return timezone.localdate(sent)
    return timezone.localdate(known.schedule[post.pk]) if post.pk in known.schedule else None


def _card(day: date, plan: Plan | None, post: NewsPage | None, region: Region, known: _Known) -> Entry:
    return Entry(
        day=day,
        tone=tone_of(plan, post, known.schedule, known.in_review, known.today),
        title=post.title if post else plan.title if plan else "",
        region=region,
        plan=plan,
        post=post,
        goes_live=_live_day(plan, post, known),
        at=known.schedule.get(post.pk) if post and not post.live else None,
    )
