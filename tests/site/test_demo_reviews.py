"""The demo's posts on their way: waiting, sent back, scheduled; written and decided by different people."""

from types import SimpleNamespace

import pytest
from django.utils import timezone
from wagtail.models import WorkflowState

from demo.load.content import read
from demo.load.people import login
from demo.load.reviews import add_reviews
from news.models import NewsPage
from tests.factories.accounts import person
from tests.factories.pages import county, news_index

pytestmark = pytest.mark.django_db


def test_one_waits_one_was_sent_back_one_goes_live_by_itself() -> None:
    region = county()
    news_index(region)
    editor, _reviewer = (person(role, email=login(role)) for role in ("editor", "reviewer"))
    calendar, home = SimpleNamespace(at=timezone.now()), region.site.root_page
    add_reviews(
        SimpleNamespace(
            slug="lucheng", content=lambda name: read("lucheng", name), calendar=calendar, home=home
        )
    )
    waits, back, scheduled = (
        NewsPage.objects.get(slug=words["slug"]) for words in read("lucheng", "reviews")["review"]
    )
    assert waits.workflow_in_progress and waits.current_workflow_state.requested_by == editor
    assert back.current_workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES
    assert scheduled.scheduled_revision.approved_go_live_at > calendar.at
    assert not NewsPage.objects.live().exists()
