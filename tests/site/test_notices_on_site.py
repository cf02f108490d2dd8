"""Notices on the site: each person sees their own, and what is unread."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from notices.inbox import inbox, mark_read, unread_count
from notices.models import Notice
from notices.send import ON_SITE, send_notice
from tests.factories.accounts import UserFactory, person
from tests.factories.pages import county

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
CONTEXT = {"rule": "没声音", "count": 1, "moment": NOW, "sentences": ["ZJH-01 <b>"]}


def tell(user, **more) -> Notice:
    return send_notice(kind="alerts_opened", to=ON_SITE, context=CONTEXT, at=NOW, user=user, **more)


def test_a_notice_on_the_site_is_its_own_message():
    user = UserFactory()
    notice = tell(user, url="/cms/")
    assert (notice.channel, notice.state, notice.read_at, notice.url) == ("site", "sent", None, "/cms/")
    assert "没声音" in notice.subject and "ZJH-01" in notice.text


def test_it_is_written_once_for_a_key_and_never_for_nobody():
    user = UserFactory()
    assert tell(user, key="k") == tell(user, key="k")
    with pytest.raises(ValueError, match="user"):
        tell(None)
    assert Notice.objects.count() == 1


def test_the_first_reading_stands_and_others_stay_unread():
    user, other = UserFactory(), UserFactory()
    first, _second, foreign = tell(user), tell(user), tell(other)
    assert mark_read(user=user, at=NOW, notice=first) == 1
    assert mark_read(user=user, at=NOW + timedelta(hours=1), notice=first) == 0
    assert mark_read(user=user, at=NOW, notice=foreign) == 0
    assert (unread_count(user), unread_count(other)) == (1, 1)
    assert mark_read(user=user, at=NOW) == 1
    first.refresh_from_db()
    assert first.read_at == NOW


def test_mail_is_not_in_the_inbox():
    user = UserFactory()
    send_notice(kind="alerts_opened", to="a@example.org", context=CONTEXT, at=NOW, user=user)
    assert not inbox(user).exists()


def test_the_page_lists_ones_own_and_leads_on_when_read(client: Client):
    county()
    user, other = UserFactory(), UserFactory()
    notice, foreign = tell(user, url="/bases/"), tell(other)
    client.force_login(user)
    page = client.get(reverse("inbox:list")).content.decode()
    assert page.count("没声音") == 1 and "ZJH-01 &lt;b&gt;" in page
    assert client.post(reverse("inbox:read", args=[foreign.pk])).status_code == 404
    answer = client.post(reverse("inbox:read", args=[notice.pk]))
    assert answer["Location"] == "/bases/"
    assert unread_count(user) == 0 and unread_count(other) == 1
    assert client.get(reverse("inbox:read", args=[notice.pk])).status_code == 405


def test_a_foreign_address_is_not_led_to(client: Client):
    user = UserFactory()
    notice = tell(user, url="https://evil.example/")
    client.force_login(user)
    assert client.post(reverse("inbox:read", args=[notice.pk]))["Location"] == reverse("inbox:list")


def test_all_are_read_at_once_and_nobody_else_s(client: Client):
    county()
    user, other = UserFactory(), UserFactory()
    for _ in range(25):
        tell(user)
    tell(other)
    client.force_login(user)
    assert "?page=2" in client.get(reverse("inbox:list")).content.decode()
    client.post(reverse("inbox:read-all"))
    assert unread_count(user) == 0 and unread_count(other) == 1


def test_who_is_not_signed_in_is_asked_to(client: Client):
    county()
    assert "/accounts/login/" in client.get(reverse("inbox:list"))["Location"]


def test_the_account_page_and_the_back_office_count_them(client: Client):
    county()
    editor = person("editor")
    client.force_login(editor)
    assert "没读" not in client.get("/cms/").content.decode()
    tell(editor)
    assert "给你的消息 (1)" in client.get("/accounts/").content.decode()
    assert "有 1 条消息没读" in client.get("/cms/").content.decode()
