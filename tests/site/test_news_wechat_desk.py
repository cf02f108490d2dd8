"""WeChat in the back office: what is seen, copied, pushed and set up there, by whom."""

import hashlib
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news.models import NewsPage, WechatAccount, WechatDraft, WechatToken
from news.wechat.sharing import renew, signed
from telemetry.models import Reading
from tests.factories.accounts import person
from tests.factories.pages import county, news_index, post
from tests.factories.telemetry import BaseFactory, DeviceFactory
from tests.factories.wechat import account, photo
from tests.gateways.official_account import APP, SECRET, OfficialAccount

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture
def wechat(settings):
    running = OfficialAccount()
    settings.WECHAT_API_URL = running.server.url
    yield running
    running.server.close()


@pytest.fixture
def region(db):
    return county()


@pytest.fixture
def index(region):
    return news_index(region)


@pytest.fixture
def page(index) -> NewsPage:
    return post(index, "peitu", title="最后一遍培土", author="周敏", body=[("text", "<p>葱白。</p>")])


@pytest.fixture
def editor(client, region):
    client.force_login(person("editor"))
    return client


def desk(page: NewsPage, tail: str = "") -> str:
    return f"/cms/news/wechat/{page.pk}/{tail}"


def test_the_page_of_a_post_shows_lengths_a_preview_and_the_text_to_copy(editor, page, region) -> None:
    account(region)
    text = editor.get(desk(page)).content.decode()
    assert "没推送" in text and "微信里的样子" in text and "正文（连同代码）" in text
    assert 'sandbox=""' in text and f'src="{desk(page, "preview/")}"' in text
    assert "&lt;section style=" in text and "data-wechat-copy" in text


def test_the_preview_runs_nothing_and_reaches_only_the_pictures_of_the_site(editor, index) -> None:
    body = [("picture", {"image": photo(), "alt": "", "caption": "", "credit": ""})]
    answer = editor.get(desk(post(index, "picture", author="周敏", body=body), "preview/"))
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    text = answer.content.decode()
    assert "<script" not in text and 'src="/media/' in text and "周敏" in text and "阅读原文" in text


def test_without_an_account_there_is_no_push_and_it_is_said(editor, page) -> None:
    text = editor.get(desk(page)).content.decode()
    assert "还没设公众号" in text and "push-heading" not in text
    assert editor.post(desk(page, "push/")).status_code == 400
    assert not WechatDraft.objects.exists()


def test_an_editor_pushes_twice_and_there_is_one_draft(
    wechat, editor, page, region, django_capture_on_commit_callbacks
) -> None:
    account(region)
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            assert editor.post(desk(page, "push/")).status_code == 302
        assert WechatDraft.objects.get().push == "done"
    assert len(wechat.drafts) == 1 and wechat.calls["/cgi-bin/draft/add"] == 1
    assert "草稿" in editor.get(desk(page)).content.decode()


def test_a_post_that_changed_since_says_so(
    wechat, editor, page, region, django_capture_on_commit_callbacks
) -> None:
    account(region)
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(desk(page, "push/"))
    assert "推送之后文章改过" not in editor.get(desk(page)).content.decode()
    page.title = "改了"
    page.save_revision().publish()
    assert "推送之后文章改过" in editor.get(desk(page)).content.decode()


def test_a_new_reading_is_no_change_of_the_post(
    wechat, editor, index, region, django_capture_on_commit_callbacks
) -> None:
    account(region)
    base = BaseFactory(region=region, slug="zhangjiahe")
    device = DeviceFactory(base=base, last_seen=timezone.now(), online=True)
    page = post(index, "live", body=[("base_live", {"title": "此刻", "base": base})])
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(desk(page, "push/"))
    now = timezone.now()
    Reading.objects.create(device=device, at=now, values={"temperature": 6.4}, received_at=now)
    text = editor.get(desk(page)).content.decode()
    assert "6.4" in text and "推送之后文章改过" not in text


def test_what_is_too_long_stands_on_the_page_and_stops_the_push(wechat, editor, index, region) -> None:
    account(region)
    page = post(index, "long", title="葱" * 33)
    assert "多了 1 个" in editor.get(desk(page)).content.decode()
    answer = editor.post(desk(page, "push/"))
    assert answer.status_code == 400 and "还要减 1 个" in answer.content.decode()
    assert wechat.calls == {}


def test_a_draft_is_shown_as_one_and_not_pushed(wechat, editor, index, region) -> None:
    account(region)
    page = post(index, "draft", live=False)
    text = editor.get(desk(page)).content.decode()
    assert "这是草稿，还没公开" in text and "这篇还没审过" in text
    assert editor.post(desk(page, "push/")).status_code == 400
    assert wechat.calls == {}


def test_changes_that_wait_for_approval_are_shown_when_asked_for(editor, page) -> None:
    page.title = "等审核的题目"
    page.save_revision()
    assert "等审核的题目" not in editor.get(desk(page, "preview/")).content.decode()
    assert "等审核的题目" in editor.get(desk(page, "preview/?draft")).content.decode()


def test_how_far_a_push_is_can_be_asked(editor, page, region) -> None:
    facts = {"push": "running", "asked_at": timezone.now(), "begun_at": timezone.now()}
    WechatDraft.objects.create(post=page, account=account(region), steps=5, steps_done=2, **facts)
    text = editor.get(desk(page, "progress/")).content.decode()
    assert "<progress" in text and "第 2 步，共 5 步" in text
    assert editor.post(desk(page, "push/"), follow=True).status_code == 200
    assert WechatDraft.objects.get().push == "running"


def test_an_address_typed_in_shows_as_published_and_elsewhere_is_refused(editor, page, region) -> None:
    account(region)
    refused = editor.post(desk(page, "note/"), {"note-address": "https://example.org/s/x"})
    assert refused.status_code == 400 and "mp.weixin.qq.com" in refused.content.decode()
    assert WechatDraft.objects.get().state == "none"
    editor.post(desk(page, "note/"), {"note-address": "https://mp.weixin.qq.com/s/x"})
    assert WechatDraft.objects.get().state == "published"
    assert editor.post(desk(page, "push/")).status_code == 400


def test_the_list_shows_the_state_of_each_post_and_filters_by_it(editor, index, region) -> None:
    us = account(region)
    for slug, facts in {
        "never": None,
        "drafted": {"state": "draft", "media_id": "x"},
        "out": {"state": "published", "address": "https://mp.weixin.qq.com/s/x"},
        "broken": {"push": "failed", "error": "x"},
    }.items():
        page = post(index, slug, title=f"文章 {slug}")
        if facts is not None:
            WechatDraft.objects.create(post=page, account=us, **facts)
    everything = editor.get("/cms/news/wechat/").content.decode()
    assert "在用" not in everything
    assert all(f"文章 {slug}" in everything for slug in ("never", "drafted", "out", "broken"))
    assert "已发表" in everything and "上次没推成" in everything
    for asked, slugs in {
        "none": {"never", "broken"}, "draft": {"drafted"}, "published": {"out"}, "failed": {"broken"},
    }.items():  # fmt: skip
        found = editor.get(f"/cms/news/wechat/results/?at_wechat={asked}").content.decode()
        assert set(re.findall(r"文章 (\w+)", found)) == slugs


def test_the_list_asks_as_often_for_thirty_posts_as_for_three(editor, index, region) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert editor.get("/cms/news/wechat/").status_code == 200
        return len(captured)

    for number in range(3):
        post(index, f"p-{number}")
    asked()
    few = asked()
    for number in range(3, 20):
        post(index, f"p-{number}")
    assert asked() <= few


def test_the_edit_page_of_a_post_leads_to_its_article(editor, page) -> None:
    assert desk(page) in editor.get(f"/cms/pages/{page.pk}/edit/").content.decode()


@pytest.mark.parametrize("tail", ["", "preview/", "progress/"])
def test_who_does_not_write_posts_sees_nothing(client, page, tail: str) -> None:
    client.force_login(person("clerk"))
    assert client.get(desk(page, tail)).status_code in {302, 403}
    assert client.get("/cms/news/wechat/").status_code in {302, 403}


def test_a_reviewer_sets_an_account_up_and_the_secret_never_comes_back(client, region) -> None:
    client.force_login(person("reviewer"))
    facts = {"region": region.pk, "name": "潞城大葱", "app_id": APP, "app_secret": SECRET}
    assert client.post("/cms/news/wechat/accounts/new/", facts).status_code == 302
    us = WechatAccount.objects.get()
    assert us.secret == SECRET
    edit = f"/cms/news/wechat/accounts/edit/{us.pk}/"
    assert SECRET not in client.get(edit).content.decode()
    client.post(edit, {**facts, "name": "新名字", "app_secret": ""})
    us.refresh_from_db()
    assert (us.name, us.secret) == ("新名字", SECRET)


@pytest.mark.parametrize("wrong", [{"app_id": "wx123"}, {"app_secret": "short"}, {"app_secret": ""}])
def test_a_wrong_account_is_refused_in_words(client, region, wrong) -> None:
    client.force_login(person("reviewer"))
    facts = {"region": region.pk, "name": "潞城大葱", "app_id": APP, "app_secret": SECRET, **wrong}
    assert client.post("/cms/news/wechat/accounts/new/", facts).status_code == 200
    assert not WechatAccount.objects.exists()


def test_an_editor_does_not_set_accounts_up(editor, region) -> None:
    assert editor.get("/cms/news/wechat/accounts/new/").status_code in {302, 403}


# --- cards of shared posts ------------------------------------------------------------------------------


def ask(client, url: str, **more):
    return client.get("/news/wechat-share.json", {"url": url}, headers={"host": "lucheng.localhost"}, **more)


def test_a_page_of_the_site_is_signed_as_wechat_reckons_it(wechat, client, region) -> None:
    us = account(region, signs_sharing=True)
    renew(account=us, at=timezone.now())
    url = "http://lucheng.localhost/news/2026/peitu/?from=singlemessage"
    answer = ask(client, f"{url}#comments")
    said = answer.json()
    told = f"jsapi_ticket=ticket-1&noncestr={said['nonceStr']}&timestamp={said['timestamp']}&url={url}"
    assert said["signature"] == hashlib.sha1(told.encode()).hexdigest() and said["appId"] == APP
    assert "no-store" in answer["Cache-Control"] and not answer.cookies
    assert ask(client, url).json() == said


def test_the_signature_is_that_of_wechat_s_own_example() -> None:
    ticket = "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg"
    at = datetime.fromtimestamp(1414587457, tz=UTC)
    found = signed(app_id=APP, ticket=ticket, url="http://mp.weixin.qq.com?params=value", nonce="Wm3WZYTPz0wzccnW", at=at)  # fmt: skip  # noqa: E501
    assert found.signature == "0f9de62fce790f9a083d5c99e95740ceb90c27ed"


@pytest.mark.parametrize(
    "url",
    ["", "https://example.org/", "http://lucheng.localhost.evil.org/", "javascript:x", "http://[",
     "//lucheng.localhost/", "http://lucheng.localhost/" + "x" * 1000],
)  # fmt: skip
def test_no_other_address_is_signed(wechat, client, region, url: str) -> None:
    renew(account=account(region, signs_sharing=True), at=timezone.now())
    assert ask(client, url).status_code == 400


def test_without_an_account_or_a_ticket_nothing_is_signed_and_nobody_is_asked(wechat, client, region) -> None:
    assert ask(client, "http://lucheng.localhost/").status_code == 404
    us = account(region)
    assert ask(client, "http://lucheng.localhost/").status_code == 404
    WechatAccount.objects.filter(pk=us.pk).update(signs_sharing=True)
    assert ask(client, "http://lucheng.localhost/").status_code == 503
    assert wechat.calls == {}


def test_one_visitor_does_not_ask_for_ever(wechat, client, region) -> None:
    renew(account=account(region, signs_sharing=True), at=timezone.now())
    found = {ask(client, f"http://lucheng.localhost/{number}").status_code for number in range(122)}
    assert found == {200, 429}


def test_the_ticket_is_renewed_before_it_ends(wechat, region) -> None:
    us = account(region, signs_sharing=True)
    for after in (timedelta(), timedelta(minutes=60), timedelta(minutes=105)):
        renew(account=us, at=NOW + after)
    assert wechat.tickets == 2
    assert WechatToken.objects.get(kind="ticket").value == "ticket-2"
