"""Posts on their way: one waits for its review, one was sent back, one goes live by itself."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from demo.load.articles import CATEGORIES
from demo.load.body import story
from demo.load.content import FOLDER
from demo.load.county import County
from demo.load.people import login
from news.checks.findings import Weight
from news.checks.looking import look
from news.models import NewsIndexPage, NewsPage
from news.review.deciding import approve, send_back
from news.review.sending import send_for_review

GOES_LIVE_AT = time(9, 30)


def add_reviews(county: County) -> None:
    """Write the posts as the editor, and decide about them as the reviewer."""
    if not (FOLDER / county.slug / "reviews.toml").exists():
        return
    editor, reviewer = (User.objects.get(email=login(role)) for role in ("editor", "reviewer"))
    for words in county.content("reviews")["review"]:
        post = _draft(county, words, editor)
        at = county.calendar.at
        asked = [found.key for found in look(post, at=at) if found.weight is Weight.ASKS]
        send_for_review(post=post, by=editor, at=at, seen=asked)
        step = post.current_workflow_task_state
        if "comment" in words:
            send_back(task_state=step, by=reviewer, comment=words["comment"])
        elif "goes_live_in" in words:
            approve(task_state=step, by=reviewer)


def _draft(county: County, words: dict[str, Any], editor: User) -> NewsPage:
    goes_live = _moment(county.calendar.at, words["goes_live_in"]) if "goes_live_in" in words else None
    post = NewsPage(
        title=words["title"],
        slug=words["slug"],
        category=CATEGORIES[words["category"]],
        published_on=timezone.localdate(goes_live or county.calendar.at),
        intro=words["summary"],
        author=words["author"],
        art="land",
        body=story(words["body"]),
        owner=editor,
        live=False,
        go_live_at=goes_live,
    )
    NewsIndexPage.objects.child_of(county.home).get().add_child(instance=post)
    post.save_revision(user=editor, log_action=True)
    return NewsPage.objects.get(pk=post.pk)


def _moment(at: datetime, days: int) -> datetime:
    day = timezone.localdate(at) + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, GOES_LIVE_AT))
