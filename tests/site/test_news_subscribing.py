"""Asking for the letter of the week twice, leaving with one press; no address can be found out here."""

import re
from datetime import UTC, datetime, timedelta
from itertools import count
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from news.digests import views
from news.digests.subscribing import (
    TooLate,
    UnknownSubscription,
    ask,
    confirm,
    confirmation_key,
    forget_unconfirmed,
)
from news.models import Subscription
from tests.factories.pages import county, news_index
from tests.factories.readers import SubscriptionFactory

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
_names = count()


@pytest.fixture(autouse=True)
def fresh_limits(monkeypatch):
    monkeypatch.setattr(views, "ASKED", views.Guesses(f"test.{next(_names)}", allowed=3, window=60))
    monkeypatch.setattr(views, "ASKED_BY_ALL", views.Guesses(f"all.{next(_names)}", allowed=50, window=60))


@pytest.fixture
def region(db):
    region = county()
    news_index(region)
    return region


def subscribe(client, email, **more):
    return client.post("/news/subscribe/", {"email": email}, **more)


def address(kind, text):
    return re.search(rf"http://[^/]+(/news/subscribe/{kind}/\S+)", text)[1]


def test_from_the_form_to_the_letter_and_out_again(client, region):
    answer = subscribe(client, " Wang@Example.org ", follow=True)
    assert answer.redirect_chain == [("/news/subscribe/asked/", 302)]
    assert "48 小时" in answer.content.decode()
    [letter] = mail.outbox
    assert letter.to == ["wang@example.org"]
    page = address("confirm", letter.body)
    assert "wang@example.org" in client.get(page).content.decode()
    assert not Subscription.objects.confirmed().exists(), "looking at the page is no yes: scanners do"
    assert client.post(page).status_code == 200
    subscription = Subscription.objects.confirmed().get()
    away = f"/news/subscribe/leave/{subscription.token}/"
    assert "wang@example.org" in client.get(away).content.decode()
    assert Subscription.objects.exists()
    client.post(away)
    assert not Subscription.objects.exists()
    assert client.get(page).status_code == 404


def test_one_click_of_a_mail_program_needs_no_cookie_no_token_and_no_second_page(region):
    subscription = SubscriptionFactory(region=region, confirmed_at=NOW)
    away = f"/news/subscribe/leave/{subscription.token}/"
    program = Client(enforce_csrf_checks=True)
    answer = program.post(away, {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, answer.cookies.output()) == (200, "")
    assert not Subscription.objects.exists()
    assert program.post(away, {"List-Unsubscribe": "One-Click"}).status_code == 200


def test_the_answer_does_not_tell_who_subscribed(client, region):
    SubscriptionFactory(region=region, email="in@example.org", confirmed_at=NOW)
    SubscriptionFactory(region=region, email="waiting@example.org", confirmed_at=None, asked_at=NOW)
    answers = [
        subscribe(client, name) for name in ("in@example.org", "waiting@example.org", "new@example.org")
    ]
    told = {(answer.status_code, answer["Location"], answer.content) for answer in answers}
    assert len(told) == 1
    assert len(mail.outbox) == 3
    assert "/news/subscribe/leave/" in mail.outbox[0].body
    assert "/news/subscribe/confirm/" not in mail.outbox[0].body


@pytest.mark.parametrize(
    "email", ["", "x", "a@b", "a@example.org\nBcc: b@example.org", "a@example.org,b@example.org"]
)
def test_what_is_no_address_is_said_beside_the_field(client, region, email):
    answer = subscribe(client, email)
    assert answer.status_code == 400
    assert 'class="error"' in answer.content.decode()
    assert not Subscription.objects.exists() and not mail.outbox


def test_one_visitor_cannot_ask_for_everybody(client, region):
    for number in range(3):
        assert subscribe(client, f"a{number}@example.org").status_code == 302
    assert subscribe(client, "a9@example.org").status_code == 429
    assert len(mail.outbox) == Subscription.objects.count() == 3


def test_nobodys_mailbox_is_filled(region):
    assert ask(region=region, email="wang@example.org", at=NOW)
    assert ask(region=region, email="WANG@example.org", at=NOW + timedelta(minutes=1)) is None
    assert ask(region=region, email="wang@example.org", at=NOW + HOUR)
    assert ask(region=region, email="wang@example.org", at=NOW + 2 * HOUR)
    assert ask(region=region, email="wang@example.org", at=NOW + 3 * HOUR) is None
    assert ask(region=region, email="wang@example.org", at=NOW + 60 * HOUR)
    assert Subscription.objects.count() == 1


def test_an_address_the_mail_server_refuses_is_in_no_log(client, region, monkeypatch, caplog):
    def refuse(_letter):
        raise SMTPRecipientsRefused({"wang@example.org": (550, b"no wang@example.org here")})

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    assert subscribe(client, "wang@example.org").status_code == 302
    assert "could not be sent" in caplog.text and "wang" not in caplog.text
    assert Subscription.objects.get().letter_at is None, "another may be asked for at once"


def test_a_confirmation_is_good_for_48_hours(client, region):
    subscription = ask(region=region, email="wang@example.org", at=NOW)
    key = confirmation_key(subscription, at=NOW)
    with pytest.raises(TooLate):
        confirm(key, at=NOW + 49 * HOUR)
    assert confirm(key, at=NOW + 47 * HOUR)
    assert confirm(key, at=NOW + 47 * HOUR).confirmed_at == NOW + 47 * HOUR
    old = confirmation_key(subscription, at=timezone.now() - 49 * HOUR)
    assert client.post(f"/news/subscribe/confirm/{old}/").status_code == 410


@pytest.mark.parametrize(
    "change", [lambda key: key[:-1], lambda key: "x" + key, lambda key: "x", lambda key: "1.2:3"]
)
def test_a_key_that_was_changed_opens_nothing(client, region, change):
    subscription = ask(region=region, email="wang@example.org", at=NOW)
    key = change(confirmation_key(subscription, at=NOW))
    with pytest.raises(UnknownSubscription):
        confirm(key, at=NOW)
    assert client.post(f"/news/subscribe/confirm/{key}/").status_code == 404
    assert not Subscription.objects.confirmed().exists()


def test_who_never_said_so_is_forgotten(region):
    ask(region=region, email="old@example.org", at=NOW - 49 * HOUR)
    ask(region=region, email="new@example.org", at=NOW - 47 * HOUR)
    SubscriptionFactory(region=region, email="in@example.org", confirmed_at=NOW - 99 * HOUR)
    forget_unconfirmed(at=NOW)
    assert set(Subscription.objects.values_list("email", flat=True)) == {"new@example.org", "in@example.org"}


def test_a_mail_server_that_is_down_takes_nobodys_turn(client, region, settings):
    settings.EMAIL_BACKEND = "tests.site.test_news_subscribing.Down"
    assert subscribe(client, "wang@example.org").status_code == 302
    assert ask(region=region, email="wang@example.org", at=timezone.now())


def test_pages_with_a_secret_in_their_address_tell_it_nobody(client, region):
    subscription = SubscriptionFactory(region=region, confirmed_at=NOW)
    answer = client.get(f"/news/subscribe/leave/{subscription.token}/")
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]


def test_each_county_has_its_own_readers(client, region):
    county("daning", default=False, adcode="141030")
    subscribe(client, "wang@example.org")
    subscribe(client, "wang@example.org", headers={"host": "daning.localhost"})
    assert Subscription.objects.count() == 2
    assert "daning.localhost" in mail.outbox[1].body


class Down:
    """A mail backend that reaches nobody."""

    def __init__(self, **options):
        pass

    def send_messages(self, messages):
        raise ConnectionRefusedError
