"""A post goes live when somebody who has written none of it approves it, and in no other way."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Comment, Revision, TaskState, WorkflowState
from wagtail.test.utils.form_data import nested_form_data, streamfield

from accounts.models import User
from news.models import NewsPage, ReviewTask, SensitiveWord
from news.review.deciding import NotDecided, approve, mark_of, send_back
from news.review.sending import NotSent, send_for_review
from news.review.writers import writers_of
from notices.models import Notice
from tests.factories.accounts import person
from tests.factories.pages import county, news_index

pytestmark = pytest.mark.django_db


@pytest.fixture
def index():
    return news_index(county())


@pytest.fixture
def editor() -> User:
    return person("editor")


@pytest.fixture
def reviewer() -> User:
    return person("reviewer")


@pytest.fixture
def image():
    return get_image_model().objects.create(title="培土", file=get_test_image_file())


def form(**facts):
    return nested_form_data(
        {
            "title": "霜降前",
            "slug": "peitu",
            "intro": "三遍土。",
            "kind": "article",
            "category": "industry",
            "published_on": "2026-11-18",
            "art": "land",
            "body": streamfield([("heading", "为什么是三遍")]),
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            "chosen_related-TOTAL_FORMS": "0",
            "chosen_related-INITIAL_FORMS": "0",
            **facts,
        }
    )


def written(client: Client, index, by: User, **facts) -> NewsPage:
    """Write a post in the editor."""
    client.force_login(by)
    url = reverse("wagtailadmin_pages:add", args=["news", "newspage", index.pk])
    answer = client.post(url, form(**facts))
    assert answer.status_code == 302, answer.context["form"].errors
    return NewsPage.objects.get(slug=facts.get("slug", "peitu"))


def edit(client: Client, post: NewsPage, by: User, **facts):
    client.force_login(by)
    return client.post(reverse("wagtailadmin_pages:edit", args=[post.pk]), form(**facts))


def desk(post: NewsPage) -> str:
    return reverse("news_review:post", args=[post.pk])


def sent(client: Client, index, by: User, **facts) -> NewsPage:
    """Write a post and send it for review, with everything that asks said to be meant so."""
    post = written(client, index, by, **facts)
    page = client.get(desk(post))
    keys = [found.key for found in page.context["asks"]]
    answer = client.post(desk(post), {"seen": keys, "meant": "1"})
    assert answer.status_code == 302, page.content.decode()
    return fresh(post)


def fresh(post: NewsPage) -> NewsPage:
    return NewsPage.objects.get(pk=post.pk)


def state_of(post: NewsPage) -> TaskState:
    return fresh(post).current_workflow_state.current_task_state


def decide(client: Client, post: NewsPage, by: User, act: str, comment: str = "", **facts):
    extra = {"workflow-action-name": act, "action-workflow-action": "1"}
    return edit(
        client, post, by, **extra, **{"workflow-action-extra-data": json.dumps({"comment": comment})}, **facts
    )


def words(answer) -> str:
    return " ".join(str(message) for message in answer.wsgi_request._messages)


def test_our_step_stands_where_wagtail_s_stood(index) -> None:
    assert [type(task.specific) for task in index.get_workflow().tasks] == [ReviewTask]


def test_a_post_is_sent_approved_and_live(client, index, editor, reviewer) -> None:
    post = sent(client, index, editor)
    assert post.workflow_in_progress and not post.live
    answer = decide(client, post, reviewer, "approve")
    assert fresh(post).live, words(answer)
    assert client.get("/news/2026/peitu/").status_code == 200


@pytest.mark.parametrize("who", ["reviewer", "root"])
def test_nobody_approves_what_they_wrote(client, index, who, reviewer) -> None:
    writer = reviewer if who == "reviewer" else User.objects.create_superuser("root@example.org", "x")
    post = sent(client, index, writer)
    assert [name for name, *_rest in state_of(post).task.specific.get_actions(post, writer)] == ["reject"]
    answer = decide(client, post, writer, "approve")
    assert not fresh(post).live and fresh(post).workflow_in_progress
    assert "你自己也写了这篇" in words(answer)
    with pytest.raises(NotDecided):
        approve(task_state=state_of(post), by=writer)
    assert not fresh(post).live


def test_who_changed_the_text_in_review_does_not_approve_it(client, index, editor, reviewer) -> None:
    post = sent(client, index, editor)
    answer = decide(client, post, reviewer, "approve", title="霜降后")
    assert not fresh(post).live and "你改了正文" in words(answer)
    assert fresh(post).get_latest_revision_as_object().title == "霜降后"
    assert writers_of(fresh(post)) == {editor.pk, reviewer.pk}
    decide(client, post, reviewer, "approve", title="霜降后")
    assert not fresh(post).live
    other = person("reviewer")
    decide(client, post, other, "approve", title="霜降后")
    assert fresh(post).live and fresh(post).title == "霜降后"


def test_who_only_saved_it_again_or_wrote_remarks_has_written_nothing(
    client, index, editor, reviewer
) -> None:
    post = sent(client, index, editor)
    edit(client, post, reviewer)
    remarks = {
        "comments-TOTAL_FORMS": "1",
        "comments-0-text": "这句再说细一点",
        "comments-0-contentpath": "intro",
        "comments-0-position": "",
        "comments-0-DELETE": "",
        "comments-0-resolved": "",
        "comments-0-id": "",
        "comments-0-replies-TOTAL_FORMS": "0",
        "comments-0-replies-INITIAL_FORMS": "0",
    }
    edit(client, post, reviewer, **remarks)
    assert Comment.objects.get(page=post).contentpath == "intro"
    assert writers_of(fresh(post)) == {editor.pk}
    approve(task_state=state_of(post), by=reviewer)
    assert fresh(post).live


@pytest.mark.parametrize("who", ["editor", "reviewer", "root"])
def test_the_button_that_publishes_is_nobody_s(client, index, who) -> None:
    by = User.objects.create_superuser("root@example.org", "x") if who == "root" else person(who)
    post = written(client, index, by, **{"action-publish": "1"})
    assert not post.live
    edit(client, post, by, **{"action-publish": "1"})
    other = person("reviewer")
    edit(client, post, other, **{"action-publish": "1"})
    assert not fresh(post).live
    assert (
        'name="action-publish"'
        not in client.get(reverse("wagtailadmin_pages:edit", args=[post.pk])).content.decode()
    )


def test_posts_are_not_published_from_a_list(client, index, editor, reviewer) -> None:
    post = written(client, index, editor)
    client.force_login(reviewer)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = client.post(f"{url}?id={post.pk}", {"include_descendants": ""})
    assert not fresh(post).live and "审核" in words(answer)
    client.post(f"{url}?id={index.pk}", {"include_descendants": "on"})
    assert not fresh(post).live


def test_a_copy_is_a_draft(client, index, editor, reviewer) -> None:
    post = sent(client, index, editor)
    approve(task_state=state_of(post), by=reviewer)
    client.force_login(reviewer)
    facts = {"new_title": "再来", "new_slug": "copy", "new_parent_page": index.pk, "publish_copies": "on"}
    client.post(reverse("wagtailadmin_pages:copy", args=[post.pk]), facts)
    assert not NewsPage.objects.filter(slug="copy", live=True).exists()


def test_sent_back_with_words_and_sent_in_again(
    client, index, editor, reviewer, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        post = sent(client, index, editor)
    assert Notice.objects.filter(user=reviewer, kind="post_sent_in", channel="site").count() == 1
    answer = decide(client, post, reviewer, "reject")
    assert fresh(post).workflow_in_progress and "要改什么" in words(answer)
    with django_capture_on_commit_callbacks(execute=True):
        decide(client, post, reviewer, "reject", "第二段没写时间")
    assert fresh(post).current_workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES
    told = Notice.objects.get(user=editor, kind="post_sent_back")
    assert "第二段没写时间" in told.text and told.url.endswith(f"/{post.pk}/edit/")
    with django_capture_on_commit_callbacks(execute=True):
        edit(client, post, editor, intro="霜降前培三遍土。", art="", image="")
        client.post(desk(post), {"seen": keys(client, post), "meant": "1"})
    assert Notice.objects.filter(user=reviewer, kind="post_sent_in").count() == 2
    with django_capture_on_commit_callbacks(execute=True):
        decide(client, post, reviewer, "approve", "好", intro="霜降前培三遍土。", art="")
    assert fresh(post).live
    assert "好" in Notice.objects.get(user=editor, kind="post_approved").text


def test_the_window_that_asks_what_is_to_change_wants_an_answer(client, index, editor, reviewer) -> None:
    post = sent(client, index, editor)
    client.force_login(reviewer)
    names = "wagtailadmin_pages:collect_workflow_action_data"
    url = reverse(names, args=[post.pk, "reject", state_of(post).pk])
    asked = client.post(url, {"comment": " "}, headers={"x-requested-with": "XMLHttpRequest"}).json()
    assert asked["step"] == "action" and "写明要改什么" in asked["html"]
    answer = client.post(url, {"comment": "写上时间"}, headers={"x-requested-with": "XMLHttpRequest"}).json()
    assert answer == {"step": "success", "cleaned_data": {"comment": "写上时间"}}


def keys(client: Client, post: NewsPage) -> list[str]:
    return [found.key for found in client.get(desk(post)).context["asks"]]


def test_a_text_in_review_is_locked_for_who_wrote_it(client, index, editor) -> None:
    post = sent(client, index, editor)
    answer = edit(client, post, editor, title="偷偷改")
    assert answer.status_code == 200 and "锁定" in words(answer)
    assert fresh(post).get_latest_revision_as_object().title == "霜降前"


def test_only_reviewers_decide(client, index, editor) -> None:
    post = sent(client, index, editor)
    stranger = person("editor")
    decide(client, post, stranger, "approve")
    with pytest.raises(NotDecided):
        approve(task_state=state_of(post), by=stranger)
    with pytest.raises(NotDecided):
        send_back(task_state=state_of(post), by=stranger, comment="不行")
    assert fresh(post).workflow_in_progress and not fresh(post).live


def test_of_two_reviewers_the_first_decides(client, index, editor, reviewer) -> None:
    post = sent(client, index, editor)
    state = state_of(post)
    send_back(task_state=state, by=reviewer, comment="再改改")
    with pytest.raises(NotDecided):
        approve(task_state=state, by=person("reviewer"))
    assert not fresh(post).live


def test_a_word_put_on_the_list_meanwhile_stops_the_approval(client, index, editor, reviewer) -> None:
    post = sent(client, index, editor)
    SensitiveWord.objects.create(word="霜降前", kind="block", reason="试一试")
    answer = decide(client, post, reviewer, "approve")
    assert not fresh(post).live and "霜降前" in words(answer)
    url = reverse("wagtailadmin_pages:workflow_action", args=[post.pk, "approve", state_of(post).pk])
    answer = client.post(url, {"comment": ""}, follow=True)
    assert "这样还不能上线" in answer.content.decode()
    assert not fresh(post).live
    SensitiveWord.objects.filter(word="霜降前").delete()
    assert client.post(url, {"comment": ""}).status_code == 302
    assert fresh(post).live


def test_what_stops_is_said_with_place_and_word_and_kept_as_a_draft(client, index, editor) -> None:
    client.force_login(editor)
    url = reverse("wagtailadmin_pages:add", args=["news", "newspage", index.pk])
    body = streamfield([("quote", {"text": "全县最 佳的葱", "who": ""})])
    answer = client.post(url, form(body=body, **{"action-submit": "1"}))
    post = NewsPage.objects.get()
    assert answer["Location"] == desk(post)
    page = client.get(desk(post)).content.decode()
    assert "最佳" in page and "1 · 引语" in page and "广告法第九条" in page and "先要改好" in page
    assert "送审" not in page.split("<main")[-1].split("findings")[-1] or "<button" in page
    answer = client.post(desk(post), {"meant": "1"})
    assert answer.status_code == 200 and not fresh(post).workflow_in_progress


def test_what_asks_is_said_to_be_meant_and_kept_in_the_history(client, index, editor) -> None:
    post = written(client, index, editor)
    assert client.post(desk(post), {}).status_code == 200
    assert client.post(desk(post), {"meant": "1", "seen": ["x"]}).status_code == 200
    assert not fresh(post).workflow_in_progress
    assert client.post(desk(post), {"meant": "1", "seen": keys(client, post)}).status_code == 302
    history = client.get(reverse("wagtailadmin_pages:history", args=[post.pk])).content.decode()
    assert "没有封面图" in history


def test_nothing_found_is_sent_at_once(client, index, editor, image) -> None:
    post = written(client, index, editor, image=str(image.pk), **{"action-submit": "1"})
    assert post.workflow_in_progress


def test_an_unfinished_draft_is_kept_and_says_what_is_missing(client, index, editor) -> None:
    post = written(client, index, editor, intro="", **{"action-submit": "1"})
    assert not post.workflow_in_progress
    assert "摘要" in client.get(desk(post)).content.decode()


def test_sending_twice_begins_one_review(client, index, editor) -> None:
    post = sent(client, index, editor)
    with pytest.raises(NotSent):
        send_for_review(post=fresh(post), by=editor, at=timezone.now(), seen=keys(client, post))
    assert WorkflowState.objects.filter(object_id=str(post.pk)).count() == 1


def test_who_may_not_edit_does_not_see_the_page_before_the_review(client, index, editor) -> None:
    post = written(client, index, editor)
    client.force_login(person("clerk"))
    assert client.get(desk(post)).status_code in {302, 403}


def loaded(post: NewsPage) -> dict[str, str]:
    revision = fresh(post).get_latest_revision()
    return {
        "loaded_revision_id": str(revision.pk),
        "loaded_revision_created_at": revision.created_at.isoformat(),
    }


def test_of_two_editors_the_second_is_told_and_nothing_is_lost(client, index, editor) -> None:
    post = written(client, index, editor)
    seen, other = loaded(post), person("editor")
    edit(client, post, other, title="李四的题目", **seen)
    theirs = fresh(post).get_latest_revision()
    answer = edit(client, post, editor, title="张三的题目", **seen, **{"action-submit": "1"})
    said = words(answer)
    assert "在你打开之后" in said and f"/compare/{theirs.pk}..." in said
    assert not fresh(post).workflow_in_progress
    titles = {
        Revision.objects.get(pk=theirs.pk).content["title"],
        fresh(post).get_latest_revision().content["title"],
    }
    assert titles == {"李四的题目", "张三的题目"}
    compare = reverse("wagtailadmin_pages:revisions_compare", args=[post.pk, theirs.pk, "latest"])
    page = client.get(compare).content.decode()
    assert "李四" in page and "张三" in page


def test_wagtail_s_own_saving_in_between_refuses_to_overwrite(client, index, editor) -> None:
    post = written(client, index, editor)
    seen = loaded(post)
    edit(client, post, person("editor"), title="李四的题目", **seen)
    client.force_login(editor)
    url = reverse("wagtailadmin_pages:edit", args=[post.pk])
    answer = client.post(url, form(title="张三的题目", **seen), headers={"accept": "application/json"})
    assert answer.status_code == 400 and answer.json()["error_code"] == "invalid_revision"
    assert fresh(post).get_latest_revision().content["title"] == "李四的题目"


def test_what_is_live_is_not_written_over_and_who_tries_has_written(client, index, editor, reviewer) -> None:
    second = person("reviewer", phone="+8613800000077")
    post = sent(client, index, editor)
    client.force_login(reviewer)
    edit(client, post, reviewer, title="审过的题目")
    version = fresh(post).latest_revision
    approve(task_state=state_of(post), by=second, read=mark_of(version))
    assert fresh(post).live_revision == version
    url = reverse("wagtailadmin_pages:edit", args=[post.pk])
    client.force_login(reviewer)  # the tab is still open, and saves by itself what is typed into it
    typed = form(title="没人审过的题目", overwrite_revision_id=str(version.pk))
    client.post(url, typed, headers={"accept": "application/json"})
    version.refresh_from_db()
    assert version.content["title"] == "审过的题目"
    assert fresh(post).get_latest_revision().content["title"] == "没人审过的题目"
    assert reviewer.pk in writers_of(fresh(post))


def test_no_button_works_where_the_editor_saves_by_itself(client, index, editor) -> None:
    post = written(client, index, editor)
    SensitiveWord.objects.create(word="培土三遍", kind="block", reason="广告法")
    url = reverse("wagtailadmin_pages:edit", args=[post.pk])
    pressed = form(title="培土三遍", **{"action-submit": "1"})
    client.post(url, pressed, headers={"accept": "application/json"})
    assert not WorkflowState.objects.exists()


def test_a_version_nobody_looked_at_is_not_approved(client, index, editor, reviewer) -> None:
    post = sent(client, index, editor)
    seen = loaded(post)
    edit(client, post, person("reviewer"), title="别人改的", **seen)
    answer = decide(client, post, reviewer, "approve", title="别人改的", **seen)
    assert not fresh(post).live and "又改了" in words(answer)
