"""Pushing posts to WeChat: one draft however often, nothing sent twice, every refusal in words."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from types import SimpleNamespace

import pytest
from django.db import connection
from django.utils import timezone
from wagtail.models import PageLogEntry, PageViewRestriction

from brand.models import Region
from lib.sealing import CannotOpen, opened, sealed
from news.models import NewsPage, WechatAccount, WechatDraft, WechatPicture, WechatToken
from news.wechat import tasks
from news.wechat.accounts import keep_account
from news.wechat.asking import PUSHED, MayNotPush, ask_push, draft_for
from news.wechat.following import NotAnArticle, follow, note_by_hand
from news.wechat.models import GIVEN_UP_AFTER
from news.wechat.pushing import push
from news.wechat.refusals import SENTENCES, sentence_for
from news.wechat.speaking import Speaker
from news.wechat.stills import NoStill, poster
from notices.models import Notice
from tests.factories.accounts import UserFactory
from tests.factories.pages import county, news_index, post
from tests.factories.wechat import account, full_post, photo, post_film
from tests.gateways.official_account import PICTURES, Content, OfficialAccount, Refusal

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
ADD, UPDATE, UPLOAD = "/cgi-bin/draft/add", "/cgi-bin/draft/update", "/cgi-bin/media/uploadimg"
TOKEN, COVER = "/cgi-bin/stable_token", "/cgi-bin/material/add_material"


@pytest.fixture
def wechat(settings):
    running = OfficialAccount()
    settings.WECHAT_API_URL = running.server.url
    yield running
    running.server.close()


@pytest.fixture
def region(db) -> Region:
    return county()


@pytest.fixture
def us(region) -> WechatAccount:
    return account(region)


@pytest.fixture
def page(region, us) -> NewsPage:
    """A short post with two pictures and a cover."""
    pictures = [
        ("text", "<p>葱白是叶子的一部分。</p>"),
        *[("picture", {"image": photo(name, (400, 300), colour), "alt": "", "caption": "", "credit": ""})
          for name, colour in (("垄", "#c3aa6c"), ("捆", "#4a844c"))],
    ]  # fmt: skip
    facts = {"title": "霜降前，最后一遍培土", "author": "周敏", "image": photo("封面", (600, 400), "#b8342c")}
    return post(news_index(region), "peitu", body=pictures, **facts)


def pushed(page: NewsPage, *, at: datetime = NOW) -> WechatDraft:
    """Push a post as the worker does, and return what became of it."""
    draft = draft_for(page, page.region.wechat_account)
    WechatDraft.objects.filter(pk=draft.pk).update(push=WechatDraft.Push.WAITING, asked_at=at)
    push(draft=WechatDraft.objects.get(pk=draft.pk), at=at)
    draft.refresh_from_db()
    return draft


def test_a_push_makes_a_draft_as_wechat_takes_it(wechat, page) -> None:
    draft = pushed(page)
    assert (draft.state, draft.push, draft.error) == ("draft", "done", "")
    assert draft.steps_done == draft.steps == 4
    article = wechat.drafts[draft.media_id]
    assert article["title"] == "霜降前，最后一遍培土" and article["author"] == "周敏"
    assert article["digest"] == page.intro
    assert article["content_source_url"].endswith("/news/2026/peitu/")
    assert article["thumb_media_id"] in wechat.covers
    assert len(Content.of(article["content"]).pictures) == 2


def test_pushed_twice_there_is_one_draft_and_nothing_is_sent_twice(wechat, page) -> None:
    first = pushed(page)
    page.title = "霜降后"
    page.save_revision().publish()
    second = pushed(NewsPage.objects.get(pk=page.pk), at=NOW + timedelta(hours=1))
    assert second.media_id == first.media_id and len(wechat.drafts) == 1
    assert wechat.drafts[second.media_id]["title"] == "霜降后"
    assert wechat.calls[UPLOAD] == 2 and wechat.calls[COVER] == 1 and wechat.calls[ADD] == 1
    assert wechat.calls[TOKEN] == 1


def test_a_post_with_every_block_is_taken(wechat, region, us) -> None:
    index = news_index(region)
    draft = pushed(full_post(index, region))
    assert draft.error == ""
    found = Content.of(wechat.drafts[draft.media_id]["content"]).pictures
    assert found and all(address.startswith(PICTURES) for address in found)


def test_a_push_that_fails_half_way_goes_on_from_there(wechat, page) -> None:
    wechat.next[UPLOAD] = [Refusal(0, ""), None]
    failed = pushed(page)
    assert failed.push == "failed" and failed.state == "none"
    assert "没连上微信" in failed.error and failed.steps_done == 1
    assert WechatPicture.objects.count() == 1
    done = pushed(page, at=NOW + timedelta(minutes=5))
    assert (done.state, done.push) == ("draft", "done")
    assert wechat.calls[UPLOAD] == 3  # two, and the one whose answer never came


def test_a_draft_whose_answer_never_came_is_found_again(wechat, page) -> None:
    wechat.next[ADD] = [None]
    assert pushed(page).push == "failed"
    assert len(wechat.drafts) == 1
    done = pushed(page, at=NOW + timedelta(minutes=5))
    assert len(wechat.drafts) == 1 and done.media_id in wechat.drafts
    assert wechat.calls[ADD] == 1


def test_a_draft_deleted_at_wechat_is_made_anew(wechat, page) -> None:
    first = pushed(page)
    wechat.drafts.clear()
    second = pushed(page, at=NOW + timedelta(hours=1))
    assert second.media_id != first.media_id and list(wechat.drafts) == [second.media_id]


def test_a_cover_deleted_at_wechat_is_sent_anew(wechat, page) -> None:
    pushed(page)
    wechat.covers.clear()
    wechat.covers["another"] = b""
    again = pushed(page, at=NOW + timedelta(hours=1))
    assert (again.push, len(wechat.drafts)) == ("done", 1)
    assert wechat.drafts[again.media_id]["thumb_media_id"] in wechat.covers


def test_a_token_that_expired_before_its_time_is_renewed_once_and_asked_again(wechat, page) -> None:
    pushed(page)
    wechat.expire()
    again = pushed(page, at=NOW + timedelta(minutes=10))
    assert again.push == "done" and wechat.calls[TOKEN] == 2
    assert WechatToken.objects.get(kind="access").value == wechat.good


def test_the_token_is_kept_for_all_processes_and_sealed(wechat, page) -> None:
    pushed(page)
    kept = WechatToken.objects.get(kind="access")
    assert wechat.good not in kept.sealed_value and kept.value == wechat.good
    pushed(page, at=NOW + timedelta(hours=1))
    assert wechat.calls[TOKEN] == 1
    pushed(page, at=NOW + timedelta(hours=2))
    assert wechat.calls[TOKEN] == 2


def test_a_server_that_is_not_on_the_list_is_named_with_its_address(wechat, page) -> None:
    said = "invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist"
    wechat.next[TOKEN] = [Refusal(40164, said)]
    error = pushed(page).error
    assert "203.0.113.7" in error and "白名单" in error and "40164" in error


@pytest.mark.parametrize(
    ("path", "code", "words"),
    [
        (UPLOAD, 48001, "没有这项权限"),
        (ADD, 48001, "没有这项权限"),
        (COVER, 45009, "次数用完"),
        (ADD, 45110, "最多收 16 个字"),
        (ADD, 53404, "带货"),
        (TOKEN, 40125, "重置 AppSecret"),
        (ADD, -1, "过几分钟"),
        (UPLOAD, 40001, "AppSecret"),
        (ADD, 99999, "微信没收：some words"),
    ],
)
def test_refusals_say_in_chinese_what_to_do(wechat, page, path: str, code: int, words: str) -> None:
    wechat.next[path] = [Refusal(code, "some words")] * 3
    draft = pushed(page)
    assert draft.push == "failed" and words in draft.error and str(code) in draft.error
    assert wechat.drafts == {} and draft.state == "none"
    wechat.next.clear()
    assert pushed(page, at=NOW + timedelta(hours=1)).push == "done"


def test_every_sentence_is_translated() -> None:
    for code in (*SENTENCES, 40164):
        said = sentence_for(SimpleNamespace(code=code, said="x 1.2.3.4"))
        assert any("\u4e00" <= letter <= "\u9fff" for letter in said), said


def test_no_secret_or_token_is_in_a_log_or_a_sentence(wechat, page, caplog) -> None:
    wechat.next[ADD] = [None]
    draft = pushed(page)
    told = caplog.text + draft.error
    assert wechat.good not in told and page.region.wechat_account.secret not in told


def test_the_secret_lies_sealed_and_opens_only_here(us, settings) -> None:
    assert us.secret not in us.sealed_secret
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert us.secret
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(CannotOpen):
        assert us.secret
    with pytest.raises(CannotOpen):
        opened(sealed("x", purpose="one"), purpose="two")


def test_a_secret_that_no_longer_opens_is_said(wechat, page, settings) -> None:
    settings.SECRET_KEY = "another"
    assert "重新填一次" in pushed(page).error and wechat.calls[TOKEN] == 0


def test_another_account_makes_void_what_lay_at_the_old_one(wechat, page, us) -> None:
    pushed(page)
    us.app_id = "wxfedcba9876543210"
    keep_account(account=us)
    draft = WechatDraft.objects.get()
    assert (draft.state, draft.media_id) == ("none", "")
    assert WechatPicture.objects.count() == WechatToken.objects.count() == 0


def test_what_is_too_long_is_said_before_anything_is_sent(
    wechat, page, django_capture_on_commit_callbacks
) -> None:
    page.title = "葱" * 33
    page.save_revision().publish()
    with pytest.raises(MayNotPush, match="33"):
        ask_push(post=NewsPage.objects.get(pk=page.pk), by=UserFactory(), at=NOW)
    assert wechat.calls == {} and WechatDraft.objects.get().push == "done"


def test_what_the_public_does_not_read_is_not_pushed(wechat, region, us) -> None:
    draft = post(news_index(region), "draft", live=False)
    with pytest.raises(MayNotPush, match="还没公开"):
        ask_push(post=draft, by=UserFactory(), at=NOW)
    assert not WechatDraft.objects.exists()


@pytest.mark.parametrize("above", [False, True])
def test_what_not_everybody_may_read_is_not_pushed_also_when_that_came_after_asking(
    wechat, page, above
) -> None:
    closed = page.get_parent() if above else page
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    with pytest.raises(MayNotPush, match="不是谁都能看"):
        ask_push(post=page, by=UserFactory(), at=NOW)
    assert not WechatDraft.objects.exists()
    assert "不是谁都能看" in pushed(page).error and not wechat.drafts


def test_without_an_account_copying_is_pointed_to(region) -> None:
    with pytest.raises(MayNotPush, match="还没设公众号"):
        ask_push(post=post(news_index(region), "plain"), by=UserFactory(), at=NOW)


def test_changes_that_are_not_approved_stay_here(wechat, page) -> None:
    page.title = "没审过的题目"
    page.save_revision()
    assert wechat.drafts[pushed(NewsPage.objects.get(pk=page.pk)).media_id]["title"] == "霜降前，最后一遍培土"


def test_asking_runs_the_push_after_the_commit_and_stands_in_the_history(
    wechat, page, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assert ask_push(post=page, by=UserFactory(), at=timezone.now())
    assert WechatDraft.objects.get().state == "draft"
    assert PageLogEntry.objects.filter(page=page, action=PUSHED).count() == 1


def test_two_clicks_are_one_push(wechat, page) -> None:
    assert ask_push(post=page, by=UserFactory(), at=NOW)
    assert not ask_push(post=page, by=UserFactory(), at=NOW + timedelta(seconds=1))
    assert ask_push(post=page, by=UserFactory(), at=NOW + GIVEN_UP_AFTER + timedelta(seconds=1))


@pytest.mark.django_db(transaction=True)
def test_two_workers_push_once(wechat, page) -> None:
    draft = draft_for(page, page.region.wechat_account)
    WechatDraft.objects.filter(pk=draft.pk).update(push=WechatDraft.Push.WAITING, asked_at=NOW)
    start = Barrier(2)

    def work() -> None:
        start.wait()
        push(draft=WechatDraft.objects.get(pk=draft.pk), at=NOW)
        connection.close()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert wechat.calls[ADD] == 1 and len(wechat.drafts) == 1


def test_a_push_whose_worker_died_is_taken_up(wechat, page) -> None:
    draft = draft_for(page, page.region.wechat_account)
    long_ago = timezone.now() - GIVEN_UP_AFTER - timedelta(minutes=1)
    running = {"push": WechatDraft.Push.RUNNING, "asked_at": long_ago, "begun_at": long_ago}
    WechatDraft.objects.filter(pk=draft.pk).update(**running)
    tasks.resume_pushes.enqueue()
    draft.refresh_from_db()
    assert (draft.state, draft.push) == ("draft", "done")


def test_what_is_published_at_wechat_is_found_with_its_address(wechat, page, us) -> None:
    draft = pushed(page)
    assert follow(account=us, at=NOW) == 0
    wechat.publish(draft.media_id, "https://mp.weixin.qq.com/s/abcdef")
    assert follow(account=us, at=NOW) == 1
    draft.refresh_from_db()
    assert (draft.state, draft.address) == ("published", "https://mp.weixin.qq.com/s/abcdef")
    with pytest.raises(MayNotPush, match="已经发表"):
        ask_push(post=page, by=UserFactory(), at=NOW)


def test_a_push_after_it_was_published_makes_no_second_article(wechat, page) -> None:
    draft = pushed(page)
    wechat.publish(draft.media_id, "https://mp.weixin.qq.com/s/abcdef")
    again = pushed(page, at=NOW + timedelta(hours=1))
    assert again.state == "published" and "发表" in again.error
    assert wechat.drafts == {} and wechat.made == 1


def test_a_draft_that_is_gone_counts_as_not_pushed(wechat, page, us) -> None:
    draft = pushed(page)
    wechat.drafts.clear()
    assert follow(account=us, at=NOW) == 1
    draft.refresh_from_db()
    assert (draft.state, draft.media_id) == ("none", "")


def test_one_account_that_is_refused_does_not_hold_up_the_others(wechat, page, us) -> None:
    draft = pushed(page)
    wechat.publish(draft.media_id, "https://mp.weixin.qq.com/s/abcdef")
    wechat.next["/cgi-bin/freepublish/batchget"] = [Refusal(48001, "api unauthorized")]
    tasks.follow_drafts.enqueue()
    draft.refresh_from_db()
    assert draft.state == "draft"
    tasks.follow_drafts.enqueue()
    draft.refresh_from_db()
    assert draft.state == "published"


def test_an_address_can_be_typed_in_by_hand(page, us) -> None:
    draft = draft_for(page, us)
    with pytest.raises(NotAnArticle):
        note_by_hand(draft=draft, address="https://example.org/s/abc", at=NOW)
    draft.refresh_from_db()
    assert draft.state == "none"
    note_by_hand(draft=draft, address="https://mp.weixin.qq.com/s/abc", at=NOW)
    draft.refresh_from_db()
    assert draft.state == "published"


def test_two_that_ask_for_a_forced_token_do_not_drive_each_other_out(wechat, us) -> None:
    one, other = Speaker(us, at=NOW), Speaker(us, at=NOW)
    one.draft_of("x")
    wechat.expire()
    one.draft_of("x")
    other.draft_of("x")
    assert wechat.calls[TOKEN] == 2


def test_who_asked_is_told_once_that_a_push_failed(wechat, page, django_capture_on_commit_callbacks) -> None:
    wechat.next[TOKEN] = [Refusal(40164, "invalid ip 203.0.113.7, not in whitelist")]
    asker = UserFactory()
    with django_capture_on_commit_callbacks(execute=True):
        ask_push(post=page, by=asker, at=timezone.now())
    notice = Notice.objects.get(user=asker)
    assert "最后一遍培土" in notice.subject and "203.0.113.7" in notice.text
    assert notice.url == f"/cms/news/wechat/{page.pk}/"


def test_drafts_are_followed_with_two_calls_however_many_there_are(wechat, region, us) -> None:
    index = news_index(region)
    for number in range(3):
        assert pushed(post(index, f"p-{number}")).push == "done"
    before = wechat.calls.total()
    assert follow(account=us, at=NOW) == 0
    assert wechat.calls.total() == before + 2


def test_the_still_of_a_film_is_made_small_enough(region) -> None:
    film = post_film(region)
    still = poster(film.poster.name, alt="")
    assert still.media_type == "image/jpeg" and len(still.content()) <= 1024 * 1024
    film.poster.storage.delete(film.poster.name)
    film.poster.name = "films/gone.jpg"
    with pytest.raises(NoStill):
        poster(film.poster.name, alt="短片")


def test_an_address_that_is_too_long_for_read_more_is_said(wechat, region, us) -> None:
    page = post(news_index(region), "葱" * 120)
    with pytest.raises(MayNotPush, match="1024"):
        ask_push(post=page, by=UserFactory(), at=NOW)
