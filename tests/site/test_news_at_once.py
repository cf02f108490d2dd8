"""One page, several tabs: an editor alone never meets a conflict, a true one is said, and nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail import hooks
from wagtail.models import Revision
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from accounts.models import User
from news.models import NewsPage, NewsTopicPage
from news.review.deciding import approve
from news.review.following import TAB
from tests.factories.accounts import person
from tests.factories.pages import add, county, news_index
from tests.site.test_news_review import (
    decide,
    desk,
    edit,
    form,
    fresh,
    loaded,
    sent,
    state_of,
    words,
    written,
)

pytestmark = pytest.mark.django_db
ITSELF = {"accept": "application/json"}
HERE, THERE = {TAB: "a1"}, {TAB: "b2"}
SEND = {"action-submit": "1"}


@pytest.fixture
def index():
    return news_index(county())


@pytest.fixture
def editor() -> User:
    return person("editor")


@pytest.fixture
def reviewer() -> User:
    return person("reviewer")


def by_itself(client: Client, post: NewsPage, **facts):
    """Save as the editor does by itself."""
    return client.post(reverse("wagtailadmin_pages:edit", args=[post.pk]), form(**facts), headers=ITSELF)


def newest(post: NewsPage) -> Revision:
    return fresh(post).get_latest_revision()


def titles(post: NewsPage) -> list[str]:
    """Return the titles of all versions that are kept, the oldest first."""
    return [version.content["title"] for version in post.revisions.order_by("pk")]


def test_what_the_editor_saved_by_itself_is_no_other_version(client, index, editor) -> None:
    post = written(client, index, editor)
    seen = loaded(post)
    assert by_itself(client, post, title="写到一半", **seen, **HERE).status_code == 200
    answer = edit(client, post, editor, title="写完了", **seen, **HERE, **SEND)
    assert answer.url == desk(post), "it is looked at before it is sent: nothing is said of another version"
    assert "先看看" not in words(answer) and "保存过" not in words(answer)
    assert titles(post)[-2:] == ["写到一半", "写完了"]


def test_a_saving_of_its_own_whose_answer_was_lost_is_gone_on_with(client, index, editor) -> None:
    post = written(client, index, editor)
    seen = loaded(post)
    by_itself(client, post, title="写到一半", **seen, **HERE)
    versions = post.revisions.count()
    assert by_itself(client, post, title="再写一点", **seen, **HERE).status_code == 200
    assert post.revisions.count() == versions and newest(post).content["title"] == "再写一点"


def test_what_was_sent_before_the_button_and_comes_after_it_changes_nothing(client, index, editor) -> None:
    post = written(client, index, editor)
    seen = loaded(post)
    edit(client, post, editor, title="排期", go_live_at="2099-11-27 09:30", **seen, **HERE)
    pressed = newest(post)
    answer = by_itself(client, post, title="早先的", **seen, **HERE)
    assert answer.status_code == 400 and answer.json()["error_code"] == "invalid_revision"
    assert newest(post) == pressed and newest(post).content["go_live_at"]


def test_what_an_own_version_of_before_the_button_would_write_over_stays(client, index, editor) -> None:
    post = written(client, index, editor)
    seen = loaded(post)
    by_itself(client, post, title="早先的", **seen, **HERE)
    own = {"overwrite_revision_id": str(newest(post).pk)}
    edit(client, post, editor, title="排期", **seen, **HERE)
    assert by_itself(client, post, title="更早的", **seen, **own, **HERE).status_code == 400
    assert newest(post).content["title"] == "排期"


def test_another_tab_of_the_same_person_is_another_version(client, index, editor) -> None:
    post = written(client, index, editor)
    seen = loaded(post)
    by_itself(client, post, title="那边写的", **seen, **THERE)
    answer = edit(client, post, editor, title="这边写的", **seen, **HERE, **SEND)
    assert "另一个窗口" in words(answer) and "先看看" in words(answer)
    assert not fresh(post).workflow_in_progress and titles(post)[-2:] == ["那边写的", "这边写的"]
    answer = by_itself(client, post, title="那边又写的", **seen, **THERE)
    assert answer.json()["error_code"] == "invalid_revision", "the editor there says so and stops"


def test_nobody_takes_another_s_tab_for_their_own(client, index, editor) -> None:
    post = written(client, index, editor)
    seen = loaded(post)
    edit(client, post, person("editor"), title="李四的题目", **seen, **HERE)
    answer = edit(client, post, editor, title="张三的题目", **seen, **HERE, **SEND)
    assert "在你打开之后" in words(answer) and not fresh(post).workflow_in_progress


def overtake(post: NewsPage, by: User, title: str):
    """Return a hook that saves another version while the form is under way, once."""

    def save(request, page) -> None:
        if request.method == "POST" and title not in titles(post):
            other = fresh(post).get_latest_revision_as_object()
            other.title = title
            other.save_revision(user=by)

    return save


def test_who_is_overtaken_while_it_is_saved_hears_of_it(client, index, editor) -> None:
    post = written(client, index, editor)
    seen = loaded(post)
    hook = overtake(post, person("editor"), "李四的题目")
    with hooks.register_temporarily("before_edit_page", hook, order=1):
        answer = edit(client, post, editor, title="张三的题目", **seen, **HERE, **SEND)
    assert "在你打开之后" in words(answer) and "先看看" in words(answer)
    assert not fresh(post).workflow_in_progress and titles(post)[-2:] == ["李四的题目", "张三的题目"]


def test_the_editor_saving_by_itself_undoes_nothing_that_came_while_it_saved(client, index, editor) -> None:
    post = written(client, index, editor)
    seen = loaded(post)
    hook = overtake(post, person("editor"), "李四的题目")
    with hooks.register_temporarily("before_edit_page", hook, order=1):
        answer = by_itself(client, post, title="张三的题目", **seen, **HERE)
    assert answer.json()["error_code"] == "invalid_revision"
    assert newest(post).content["title"] == "李四的题目"


def test_a_saving_that_an_approval_overtakes_takes_nothing_down(client, index, editor, reviewer) -> None:
    post = sent(client, index, editor)
    seen = loaded(post)
    client.force_login(reviewer)

    def approved(request, page) -> None:
        if not fresh(post).live:
            approve(task_state=state_of(post), by=person("reviewer", phone="+8613800000077"))

    with hooks.register_temporarily("before_edit_page", approved, order=1):
        answer = by_itself(client, post, title="没人审过的题目", **seen, **HERE)
    assert answer.status_code == 400 and fresh(post).live
    assert newest(post).content["title"] == "霜降前"


@pytest.mark.django_db(transaction=True)
def test_the_editor_and_its_button_at_once(index, editor) -> None:
    post = written(Client(), index, editor)
    url, seen, together = reverse("wagtailadmin_pages:edit", args=[post.pk]), loaded(post), Barrier(2)

    def save(title: str, headers: dict[str, str]):
        client = Client(headers=headers)
        client.force_login(editor)
        together.wait()
        try:
            return client.post(url, form(title=title, **seen, **HERE))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        itself, button = threads.map(save, ["写到一半", "写完了"], [ITSELF, {}])
    assert button.status_code == 302 and "保存过" not in words(button)
    assert newest(post).content["title"] == "写完了"
    assert itself.status_code in {200, 400}


def test_a_refused_form_keeps_what_it_was_opened_with(client, index, editor) -> None:
    post = written(client, index, editor)
    seen = loaded(post)
    edit(client, post, person("editor"), title="李四的题目")
    answer = edit(client, post, editor, title="", **seen, **HERE)
    assert answer.status_code == 200 and f'value="{seen["loaded_revision_id"]}"' in answer.content.decode()
    assert seen["loaded_revision_created_at"] in answer.content.decode()
    assert titles(post)[-1] == "李四的题目"


def test_a_decision_about_what_was_changed_since_writes_nothing(client, index, editor, reviewer) -> None:
    post = sent(client, index, editor)
    seen = loaded(post)
    edit(client, post, person("reviewer", phone="+8613800000078"), title="别人改的", **seen, **THERE)
    versions = titles(post)
    answer = decide(client, post, reviewer, "approve", title="我也改了", **seen, **HERE)
    assert answer.status_code == 200 and "我也改了" in answer.content.decode(), (
        "what was typed is shown again"
    )
    assert "打开" in words(answer) or "打开" in answer.content.decode()
    assert titles(post) == versions and not fresh(post).live


@pytest.mark.parametrize("act", [{}, SEND])
def test_a_press_that_an_approval_overtakes_keeps_the_text_as_a_draft(
    client, index, editor, reviewer, act
) -> None:
    post = sent(client, index, editor)
    seen = loaded(post)
    client.force_login(reviewer)

    def approved(request, page) -> None:
        if not fresh(post).live:
            approve(task_state=state_of(post), by=person("reviewer", phone="+8613800000077"))

    with hooks.register_temporarily("before_edit_page", approved, order=1):
        answer = edit(client, post, reviewer, title="我写的", **seen, **HERE, **act)
    assert answer.status_code == 302 and "没丢" in words(answer)
    assert fresh(post).live and fresh(post).title == "霜降前" and titles(post)[-1] == "我写的"


def test_a_decision_that_another_overtakes_is_said_in_words(client, index, editor, reviewer) -> None:
    post = sent(client, index, editor)
    seen = loaded(post)

    def approved(request, page) -> None:
        if not fresh(post).live:
            approve(task_state=state_of(post), by=person("reviewer", phone="+8613800000077"))

    with hooks.register_temporarily("before_edit_page", approved, order=1):
        answer = decide(client, post, reviewer, "approve", **seen, **HERE)
    assert answer.status_code in {200, 302} and "刚" in words(answer)
    assert fresh(post).live and titles(post)[-1] == "霜降前"


@pytest.mark.parametrize("headers", [ITSELF, {}])
def test_what_was_scheduled_meanwhile_stays_scheduled(client, index, editor, reviewer, headers) -> None:
    post = sent(client, index, editor, go_live_at="2099-11-27 09:30")
    client.force_login(reviewer)
    seen = loaded(post)
    url = reverse("wagtailadmin_pages:edit", args=[post.pk])

    def approved(request, page) -> None:
        if not fresh(post).scheduled_revision:
            approve(task_state=state_of(post), by=person("reviewer", phone="+8613800000077"))

    with hooks.register_temporarily("before_edit_page", approved, order=1):
        answer = client.post(url, form(title="没人审过", **seen, **HERE), headers=headers)
    assert answer.status_code == (400 if headers else 302)
    assert fresh(post).scheduled_revision.content["title"] == "霜降前"
    assert titles(post)[-1] == ("霜降前" if headers else "没人审过")


def test_a_topic_is_not_sent_when_somebody_saved_while_it_was_saved(client, index, editor) -> None:
    topic = add(index, NewsTopicPage(title="三遍土", slug="soil", intro="从种到收"), live=False)
    topic.save_revision(user=editor)
    facts = nested_form_data(
        {"title": "我的题目", "slug": "soil", "intro": "从种到收", "order": "newest", "art": "",
         "pins": inline_formset([]), "comments": inline_formset([])}
    )  # fmt: skip
    client.force_login(editor)
    url = reverse("wagtailadmin_pages:edit", args=[topic.pk])

    def other(request, page) -> None:
        if request.method == "POST" and "李四的题目" not in titles(topic):
            draft = NewsTopicPage.objects.get(pk=topic.pk).get_latest_revision_as_object()
            draft.title = "李四的题目"
            draft.save_revision(user=person("editor"))

    seen = {
        "loaded_revision_id": str(topic.latest_revision_id),
        "loaded_revision_created_at": topic.latest_revision.created_at.isoformat(),
    }
    with hooks.register_temporarily("before_edit_page", other, order=1):
        answer = client.post(url, {**facts, **seen, **HERE, **SEND})
    assert "先看看" in words(answer), (answer.status_code, words(answer))
    topic.refresh_from_db()
    assert not topic.workflow_in_progress and titles(topic)[-2:] == ["李四的题目", "我的题目"]
    newest = topic.get_latest_revision()
    seen = {
        "loaded_revision_id": str(newest.pk),
        "loaded_revision_created_at": newest.created_at.isoformat(),
    }
    answer = client.post(url, {**facts, **seen, **HERE, **SEND})
    topic.refresh_from_db()
    assert topic.workflow_in_progress and "已送审" in words(answer)
