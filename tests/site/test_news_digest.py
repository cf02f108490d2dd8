"""The letter of the week: made once, sent once to each, whatever breaks off in between."""

from datetime import UTC, datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPSenderRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from wagtail.models import PageViewRestriction

from news.digests import sending
from news.digests.making import last_due, make_digest, make_due
from news.digests.sending import forget_deliveries, send_waiting
from news.models import Delivery, Digest, Subscription
from tests.factories.pages import county, news_index, post
from tests.factories.readers import SubscriptionFactory, readers

DUE = datetime(2026, 11, 20, 9, tzinfo=UTC)  # Friday 17:00 in the county
AFTER = DUE + timedelta(minutes=1)
State = Delivery.State


@pytest.fixture
def region(db):
    return county()


@pytest.fixture
def index(region):
    return news_index(region)


def written(index, slug, *, at, **facts):
    """A post that went live at that moment."""
    page = post(index, slug, **facts)
    page.first_published_at = page.last_published_at = at
    page.save(update_fields=["first_published_at", "last_published_at"])
    return page


@pytest.fixture
def digest(region, index):
    written(index, "peitu", at=DUE - timedelta(days=1), title="最后一遍培土")
    readers(region, 3, at=DUE - timedelta(days=3))
    [digest] = make_due(at=AFTER)
    return digest


@pytest.fixture
def server(settings):
    """A mail server whose answers the test chooses, by address."""
    settings.EMAIL_BACKEND = "tests.site.test_news_digest.Server"
    Server.answers.clear()
    return Server.answers


class Server(EmailBackend):
    """Keeps letters, or answers as it was told."""

    answers: dict[str, Exception] = {}

    def send_messages(self, messages):
        for message in messages:
            if error := self.answers.get(message.to[0]):
                raise error
        return super().send_messages(messages)


def states():
    return dict(Delivery.objects.values_list("subscription__email", "state"))


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (datetime(2026, 11, 20, 8, 59, tzinfo=UTC), DUE - timedelta(days=7)),
        (DUE, DUE),
        (datetime(2026, 11, 27, 8, 59, tzinfo=UTC), DUE),
        (datetime(2026, 11, 22, 16, 30, tzinfo=UTC), DUE),
    ],
)
def test_it_is_due_on_friday_at_five(at, due):
    assert last_due(at) == due


def test_it_names_what_went_live_since_the_last(region, index):
    for name, hours in [("before", 200), ("first", 100), ("second", 1), ("draft", 2)]:
        written(index, name, at=DUE - timedelta(hours=hours), title=name, live=name != "draft")
    written(index, "later", at=DUE + timedelta(seconds=30))
    SubscriptionFactory(region=region, confirmed_at=DUE)
    SubscriptionFactory(region=region, confirmed_at=None, asked_at=DUE)
    [digest] = make_due(at=AFTER)
    assert set(digest.posts.values_list("slug", flat=True)) == {"first", "second"}
    assert digest.deliveries.count() == 1
    [following] = make_due(at=AFTER + timedelta(days=7))
    assert list(following.posts.values_list("slug", flat=True)) == ["later"]


def test_it_is_made_once(region, digest):
    assert make_due(at=AFTER + timedelta(minutes=1)) == []
    assert make_digest(region=region, due_at=DUE, at=AFTER) is None
    assert Delivery.objects.count() == 3


def test_a_week_without_posts_or_readers_has_none(region, index):
    readers(region, 1, at=DUE)
    assert make_due(at=AFTER) == []
    Subscription.objects.all().delete()
    written(index, "peitu", at=DUE - timedelta(days=1))
    assert make_due(at=AFTER) == []
    assert not Digest.objects.exists()


def test_what_a_stopped_worker_missed_by_days_is_left_out(region, index):
    written(index, "peitu", at=DUE - timedelta(days=1))
    readers(region, 1, at=DUE)
    assert make_due(at=DUE + timedelta(days=4)) == []
    assert make_due(at=DUE + timedelta(days=2))


def test_everybody_gets_it_once_with_a_way_out_of_their_own(digest):
    assert send_waiting(at=AFTER) == 3
    assert send_waiting(at=AFTER) == 0
    assert len(mail.outbox) == 3
    ways = set()
    for letter in mail.outbox:
        headers = letter.message()
        way = headers["List-Unsubscribe"].strip("<>")
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert headers["List-Id"] == "<news.lucheng.localhost>"
        [html] = [part.content for part in letter.alternatives]
        for text in (letter.body, html):
            assert "最后一遍培土" in text
            assert "http://lucheng.localhost/news/2026/peitu/" in text
            assert way in text
            assert "leave.invalid" not in text
        assert "<style" not in html and "<img" not in html
        ways.add(way)
    assert len(ways) == 3
    digest.refresh_from_db()
    assert (digest.sent, digest.failed) == (3, 0)


def test_after_a_crash_nobody_gets_it_twice(digest, monkeypatch):
    """The worker dies between the mail server's yes and our note of it."""
    monkeypatch.setattr(sending, "_sent", lambda delivery: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        send_waiting(at=AFTER)
    monkeypatch.undo()
    assert send_waiting(at=AFTER) == 2
    assert len(mail.outbox) == len({letter.to[0] for letter in mail.outbox}) == 3
    assert sorted(states().values()) == [State.SENDING, State.SENT, State.SENT]


def test_an_address_that_is_refused_does_not_stop_the_others(digest, server):
    first, *_ = states()
    server[first] = SMTPRecipientsRefused({first: (550, b"no such user")})
    assert send_waiting(at=AFTER) == 2
    assert states()[first] == State.FAILED
    digest.refresh_from_db()
    assert (digest.sent, digest.failed) == (2, 1)


def test_an_address_that_is_always_refused_is_forgotten(region, index, server):
    gone = SubscriptionFactory(region=region, confirmed_at=DUE)
    server[gone.email] = SMTPRecipientsRefused({gone.email: (550, b"no such user")})
    for week in range(3):
        assert Subscription.objects.filter(pk=gone.pk).exists()
        now = AFTER + timedelta(days=7 * week)
        written(index, f"p{week}", at=now - timedelta(days=1))
        make_due(at=now)
        send_waiting(at=now)
    assert not Subscription.objects.filter(pk=gone.pk).exists()
    assert not Delivery.objects.exists()


def test_a_full_mailbox_is_tried_again_later(digest, server):
    first, *_ = states()
    server[first] = SMTPRecipientsRefused({first: (452, b"mailbox full")})
    send_waiting(at=AFTER)
    assert states()[first] == State.WAITING
    server.clear()
    assert send_waiting(at=AFTER + timedelta(minutes=5)) == 0
    assert send_waiting(at=AFTER + timedelta(minutes=31)) == 1
    assert Subscription.objects.get(email=first).refused == 0


def test_a_server_that_takes_none_from_us_now_ends_the_turn_and_loses_nothing(digest, server):
    for email in states():
        server[email] = SMTPSenderRefused(451, b"later", "us")
    assert send_waiting(at=AFTER) == 0
    assert set(states().values()) == {State.WAITING}
    server.clear()
    assert send_waiting(at=AFTER + timedelta(minutes=1)) == 3


def test_a_server_that_falls_silent_in_the_middle_may_have_taken_it(digest, server):
    first, *_ = states()
    server[first] = SMTPServerDisconnected("gone")
    send_waiting(at=AFTER)
    server.clear()
    send_waiting(at=AFTER + timedelta(minutes=1))
    assert states()[first] == State.SENDING
    assert first not in {letter.to[0] for letter in mail.outbox}
    assert len(mail.outbox) == 2


def test_a_turn_ends_when_its_time_is_up(digest):
    assert send_waiting(at=AFTER, seconds=0) == 0
    assert set(states().values()) == {State.WAITING}


def test_who_left_before_their_turn_gets_nothing(digest):
    Subscription.objects.first().delete()
    assert send_waiting(at=AFTER) == 2


def test_a_post_taken_back_before_sending_is_not_in_it(digest, index):
    written(index, "other", at=DUE - timedelta(days=1), title="另一篇")
    digest.posts.add(*index.posts.all())
    index.posts.get(slug="peitu").unpublish()
    send_waiting(at=AFTER)
    assert "最后一遍培土" not in mail.outbox[0].body
    assert "另一篇" in mail.outbox[0].body


@pytest.mark.parametrize("above", [False, True])
def test_what_not_everybody_may_read_is_never_mailed(region, index, digest, above):
    hidden = written(index, "hidden", at=DUE - timedelta(days=1), title="只给会员")
    digest.posts.add(hidden)
    digest.posts.add(written(index, "later", at=DUE - timedelta(days=1), title="后来收起来的"))
    closed = [index] if above else index.posts.filter(slug__in=["hidden", "later"])
    for page in closed:
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    send_waiting(at=AFTER)
    assert not [sent for sent in mail.outbox if "只给会员" in sent.body or "收起来" in sent.body]
    Digest.objects.all().delete()
    made = make_due(at=AFTER)
    assert hidden.pk not in {page.pk for each in made for page in each.posts.all()}


def test_who_got_which_letter_is_forgotten_after_eight_weeks(digest):
    send_waiting(at=AFTER)
    forget_deliveries(at=AFTER + timedelta(weeks=7))
    assert Delivery.objects.count() == 3
    forget_deliveries(at=AFTER + timedelta(weeks=9))
    assert not Delivery.objects.exists()
    digest.refresh_from_db()
    assert digest.sent == 3
