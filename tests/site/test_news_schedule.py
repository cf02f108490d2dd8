"""A post goes live at its time in China, by the worker, also after the worker was down."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from wagtail.models import Page, Revision

from news.models import NewsPage
from news.review.deciding import approve
from tests.factories.accounts import person
from tests.factories.pages import county, news_index, post
from tests.site.test_news_review import form, fresh, keys, state_of, words
from worker.publishing import publish_due
from worker.tasks import publish_scheduled_pages

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)  # 12:00 in China
EVENING = NOON + timedelta(hours=6)


@pytest.fixture
def index():
    return news_index(county())


def written(client, index, *, go_live_at: str, **facts):
    client.force_login(person("editor"))
    url = reverse("wagtailadmin_pages:add", args=["news", "newspage", index.pk])
    return client.post(url, form(go_live_at=go_live_at, published_on="2026-11-23", **facts))


def approved(client, index, *, go_live_at: str = "2026-11-23 18:00") -> NewsPage:
    answer = written(client, index, go_live_at=go_live_at)
    assert answer.status_code == 302, answer.context["form"].errors
    page = NewsPage.objects.get()
    desk = reverse("news_review:post", args=[page.pk])
    assert client.post(desk, {"seen": keys(client, page), "meant": "1"}).status_code == 302
    approve(task_state=state_of(page), by=person("reviewer"))
    return fresh(page)


def test_the_time_is_that_of_china_whoever_types_it(client, index) -> None:
    with time_machine.travel(NOON, tick=False):
        page = approved(client, index)
        assert not page.live and page.scheduled_revision.approved_go_live_at == EVENING
        account = client.get(reverse("wagtailadmin_account")).content.decode()
        assert "current_time_zone" not in account


def test_it_goes_live_by_itself_and_not_before(client, index) -> None:
    with time_machine.travel(NOON, tick=False):
        page = approved(client, index)
    assert publish_due(at=EVENING - timedelta(seconds=1)) == 0 and not fresh(page).live
    with time_machine.travel(EVENING, tick=False):
        publish_scheduled_pages.call()
        assert fresh(page).live
        assert publish_due(at=EVENING) == 0
    assert client.get("/news/2026/peitu/").status_code == 200


def test_what_came_while_the_worker_was_down_is_made_up_at_once(client, index) -> None:
    with time_machine.travel(NOON, tick=False):
        page = approved(client, index)
    later = EVENING + timedelta(days=2)
    with time_machine.travel(later, tick=False):
        assert publish_due(at=later) == 1 and fresh(page).live


def test_one_that_cannot_be_published_holds_up_no_other(index) -> None:
    pages = [post(index, slug, live=False) for slug in ("a", "b")]
    for page in pages:
        Revision.objects.filter(pk=page.latest_revision_id).update(approved_go_live_at=NOON)
    broken = pages[0].get_latest_revision()
    broken.content["slug"] = "taken"
    broken.save(update_fields=["content"])
    post(index, "taken")
    assert publish_due(at=EVENING) == 1
    assert not fresh(pages[0]).live and fresh(pages[1]).live


def test_what_is_over_is_taken_down(index) -> None:
    page = post(index, "a")
    Page.objects.filter(pk=page.pk).update(expire_at=NOON)
    assert publish_due(at=EVENING) == 1
    assert not fresh(page).live and fresh(page).expired


def test_a_time_that_has_passed_is_refused_in_words_and_nothing_typed_is_lost(client, index) -> None:
    with time_machine.travel(NOON, tick=False):
        answer = written(client, index, go_live_at="2026-11-23 11:59", title="三遍土")
    assert answer.status_code == 200
    assert "已经过了" in answer.context["form"].errors["go_live_at"][0]
    assert 'value="三遍土"' in answer.content.decode() and not NewsPage.objects.exists()


def test_a_time_that_has_come_since_may_stay(client, index) -> None:
    with time_machine.travel(NOON, tick=False):
        written(client, index, go_live_at="2026-11-23 18:00")
    page = NewsPage.objects.get()
    with time_machine.travel(EVENING + timedelta(hours=1), tick=False):
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        client.force_login(page.owner)
        facts = form(go_live_at="2026-11-23 18:00", published_on="2026-11-23", title="改了")
        answer = client.post(url, facts)
        assert answer.status_code == 302, words(answer)
        assert any(
            "已经过了" in one.says
            for one in client.get(reverse("news_review:post", args=[page.pk])).context["asks"]
        )


def test_what_is_scheduled_is_taken_back_by_who_may_publish(client, index) -> None:
    with time_machine.travel(NOON, tick=False):
        page = approved(client, index)
        url = reverse("wagtailadmin_pages:revisions_unschedule", args=[page.pk, page.scheduled_revision.pk])
        client.force_login(page.owner)
        client.post(url)
        assert fresh(page).scheduled_revision is not None
        client.force_login(person("reviewer"))
        client.post(url)
    assert publish_due(at=EVENING) == 0 and not fresh(page).live


def test_an_approval_after_the_time_makes_it_live_at_once(client, index) -> None:
    with time_machine.travel(NOON, tick=False):
        written(client, index, go_live_at="2026-11-23 18:00")
        page = NewsPage.objects.get()
        client.post(reverse("news_review:post", args=[page.pk]), {"seen": keys(client, page), "meant": "1"})
    with time_machine.travel(EVENING + timedelta(hours=1), tick=False):
        approve(task_state=state_of(page), by=person("reviewer"))
        assert fresh(page).live
