"""How far a post is, from an idea to a page that is out."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from news.models import NewsPage, Plan


class Tone(StrEnum):
    """How far a post is."""

    OVERDUE = "overdue"
    PLANNED = "planned"
    DRAFT = "draft"
    REVIEW = "review"
    SCHEDULED = "scheduled"
    LIVE = "live"


TONES: dict[str, Promise | str] = {
    Tone.OVERDUE: pgettext_lazy("planned post", "overdue"),
    Tone.PLANNED: pgettext_lazy("planned post", "planned"),
    Tone.DRAFT: pgettext_lazy("planned post", "being written"),
    Tone.REVIEW: pgettext_lazy("planned post", "in review"),
    Tone.SCHEDULED: pgettext_lazy("planned post", "scheduled"),
    Tone.LIVE: pgettext_lazy("planned post", "live"),
}


def tone_of(
    plan: Plan | None,
    post: NewsPage | None,
    schedule: Mapping[int, datetime],
    in_review: frozenset[int],
    today: date,
) -> Tone:
    """Return how far a post is; what waits for nobody else but its author is overdue after its day."""
    if post is not None and (post.live or published_at_wechat(plan, post)):
        return Tone.LIVE
    if post is not None and post.pk in schedule:
        return Tone.SCHEDULED
    if post is not None and post.pk in in_review:
        return Tone.REVIEW
    if plan is not None and plan.planned_on < today:
        return Tone.OVERDUE
    return Tone.PLANNED if post is None else Tone.DRAFT


def published_at_wechat(plan: Plan | None, post: NewsPage | None) -> datetime | None:
    """Return when a post meant for the Official Account alone was published there, None: it was not."""
    if plan is None or plan.channel != Plan.Channel.WECHAT:
        return None
    draft = getattr(post, "wechat_draft", None)
    return draft.published_at if draft is not None else None
