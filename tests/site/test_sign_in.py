"""Signing in, up and out, and getting a new password: by phone or e-mail, told the same whoever asks."""

import re
from html import unescape

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.models import User
from notices.gateways import memory
from notices.models import Notice
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.brand import RegionFactory

pytestmark = pytest.mark.django_db

PHONE = "138 0000 1234"
LOGIN, SIGNUP, RESET = "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"


@pytest.fixture(autouse=True)
def _fresh() -> None:
    RegionFactory()
    cache.clear()
    memory.outbox.clear()


def text(response) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))


def sign_in(client: Client, login: str, password: str = PASSWORD, **more):
    return client.post(LOGIN, {"login": login, "password": password, **more})


def code_sent() -> str:
    words = memory.outbox[-1].text if memory.outbox else mail.outbox[-1].body
    return re.search(r"\b(\d{6})\b", words)[1]


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("typed", ["138 0000 1234", "+86 13800001234", "13800001234"])
def test_sign_in_by_phone(client: Client, typed: str) -> None:
    UserFactory(email=None, phone=PHONE)
    response = sign_in(client, typed)
    assert response.status_code == 302 and signed_in(client)


def test_sign_in_by_email_in_any_case(client: Client) -> None:
    UserFactory(email="li@example.org")
    sign_in(client, " LI@Example.org ")
    assert signed_in(client)


def test_wrong_password_and_unknown_name_are_told_the_same(client: Client) -> None:
    UserFactory(email="li@example.org", phone=PHONE)
    answers = set()
    for login in ("li@example.org", PHONE, "nobody@example.org", "139 0000 0000"):
        response = sign_in(client, login, "wrong-password-1")
        assert response.status_code == 200 and not signed_in(client)
        assert login in text(response) or f'value="{login}"' in response.content.decode()
        answers.add("".join(re.findall(r'<p class="note bad".*?</p>', response.content.decode(), re.S)))
    assert len(answers) == 1


def test_what_is_no_name_is_told_beside_the_field(client: Client) -> None:
    response = sign_in(client, "zhang san")
    page = response.content.decode()
    assert 'id="id_login_error"' in page and 'value="zhang san"' in page
    assert PASSWORD not in page


@pytest.mark.parametrize(
    ("following", "lands"),
    [
        ("/trace/", "/trace/"),
        ("https://evil.example/", "/accounts/"),
        ("//evil.example/", "/accounts/"),
        ("javascript:alert(1)", "/accounts/"),
    ],
)
def test_next_is_kept_on_this_site_only(client: Client, following: str, lands: str) -> None:
    UserFactory(email="li@example.org")
    assert sign_in(client, "li@example.org", next=following)["Location"] == lands


DOORS = ["/cms/", "/cms/login/?next=/cms/", "/shop/accounts/login/?next=/shop/", "/shop/dashboard/"]


@pytest.mark.parametrize("door", DOORS)
def test_every_door_leads_to_the_one_sign_in(client: Client, door: str) -> None:
    response = client.get(door, follow=True)
    assert response.redirect_chain[-1][0].startswith(LOGIN)
    assert "next=" in response.redirect_chain[-1][0]
    assert response.status_code == 200


def test_the_back_office_tells_who_may_not_enter(client: Client) -> None:
    client.force_login(UserFactory())
    response = client.get("/cms/", follow=True)
    assert response.status_code == 403
    assert response.redirect_chain[-1][0].startswith("/cms/login/")


def test_signing_out_asks_first_and_needs_a_post(client: Client) -> None:
    client.force_login(UserFactory())
    for address in ("/accounts/logout/", "/shop/accounts/logout/"):
        client.get(address, follow=True)
        assert signed_in(client)
    client.post("/accounts/logout/")
    assert not signed_in(client)


def test_five_wrong_passwords_lock_the_name_here_with_a_clear_page(client: Client) -> None:
    UserFactory(email=None, phone=PHONE)
    for _ in range(5):
        response = sign_in(client, PHONE, "wrong-password-1")
    assert response.status_code == 429
    assert "15" in text(response) and RESET in response.content.decode()
    assert sign_in(client, "+86 13800001234").status_code == 429
    assert not signed_in(client)
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    sign_in(elsewhere, PHONE)
    assert signed_in(elsewhere)


def test_an_unknown_name_is_locked_like_a_known_one(client: Client) -> None:
    statuses = [sign_in(client, "nobody@example.org", "wrong-password-1").status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 200, 429]


def test_failures_of_one_phone_do_not_count_for_another(client: Client) -> None:
    UserFactory(email=None, phone="13900000000")
    for n in range(20):
        sign_in(Client(REMOTE_ADDR=f"203.0.113.{n}"), PHONE, "wrong-password-1")
    sign_in(client, "13900000000")
    assert signed_in(client)


def test_many_addresses_cannot_guess_at_one_account(client: Client) -> None:
    UserFactory(email=None, phone=PHONE)
    for n in range(20):
        sign_in(Client(REMOTE_ADDR=f"203.0.113.{n}"), PHONE, "wrong-password-1")
    sign_in(client, PHONE)
    assert not signed_in(client)


def test_who_an_administrator_made_confirms_at_the_first_sign_in(client: Client) -> None:
    user = UserFactory(email=None, phone=PHONE, verified=False)
    assert sign_in(client, PHONE)["Location"] == "/accounts/phone/verify/"
    client.post("/accounts/phone/verify/", {"code": code_sent()})
    user.refresh_from_db()
    assert signed_in(client) and user.phone_verified


# --- a new account -------------------------------------------------------------------------------


def sign_up(client: Client, login: str, **more):
    return client.post(SIGNUP, {"login": login, "password1": PASSWORD, "privacy": "on", **more})


def test_sign_up_by_phone_with_a_code(client: Client) -> None:
    before = timezone.now()
    response = sign_up(client, PHONE)
    assert response["Location"] == "/accounts/phone/verify/"
    assert not signed_in(client)
    assert "138 0000 1234" in text(client.get(response["Location"]))
    client.post("/accounts/phone/verify/", {"code": code_sent()})
    assert signed_in(client)
    user = User.objects.get(phone="+8613800001234")
    assert user.phone_verified and user.email is None
    assert user.privacy_version == "2026-11" and user.privacy_accepted_at >= before


def test_sign_up_by_email_with_a_code(client: Client) -> None:
    response = sign_up(client, "Li@Example.org")
    assert response["Location"] == "/accounts/confirm-email/"
    client.post("/accounts/confirm-email/", {"code": code_sent()})
    assert signed_in(client)
    user = User.objects.get(email="li@example.org")
    assert user.emailaddress_set.get().verified


def test_a_wrong_code_is_refused_and_the_third_ends_it(client: Client) -> None:
    sign_up(client, PHONE)
    right = code_sent()
    wrong = "000000" if right != "000000" else "111111"
    response = client.post("/accounts/phone/verify/", {"code": wrong})
    assert response.status_code == 200 and 'id="id_code_error"' in response.content.decode()
    for _ in range(2):
        client.post("/accounts/phone/verify/", {"code": wrong})
    client.post("/accounts/phone/verify/", {"code": right})
    assert not signed_in(client)
    assert not User.objects.get().phone_verified


def test_the_code_itself_is_not_kept(client: Client) -> None:
    sign_up(client, PHONE)
    assert Notice.objects.get().text == ""


def test_without_consent_there_is_no_account(client: Client) -> None:
    response = sign_up(client, PHONE, privacy="")
    assert response.status_code == 200 and 'id="id_privacy_error"' in response.content.decode()
    assert f'value="{PHONE}"' in response.content.decode()
    assert not User.objects.exists() and not memory.outbox


def test_a_weak_password_is_told_beside_the_field(client: Client) -> None:
    response = client.post(SIGNUP, {"login": PHONE, "password1": "12345678", "privacy": "on"})
    assert 'id="id_password1_error"' in response.content.decode()
    assert not User.objects.exists()


@pytest.mark.parametrize("login", [PHONE, "li@example.org"])
def test_signing_up_again_looks_like_the_first_time(client: Client, login: str) -> None:
    UserFactory(email="li@example.org", phone=PHONE)
    response = sign_up(client, login)
    expected = "/accounts/phone/verify/" if login == PHONE else "/accounts/confirm-email/"
    assert response["Location"] == expected
    assert User.objects.count() == 1
    assert client.get(expected).status_code == 200
    told = memory.outbox[-1].text if login == PHONE else mail.outbox[-1].body
    assert not re.search(r"\d{6}", told)
    assert not signed_in(client)


def test_an_sms_that_cannot_be_sent_is_told_and_can_be_sent_again(client: Client, settings) -> None:
    settings.NOTICE_GATEWAYS = {**settings.NOTICE_GATEWAYS, "sms": "tests.site.test_notices.broken"}
    response = sign_up(client, PHONE)
    page = client.get(response["Location"])
    assert "note bad" in page.content.decode()
    assert 'value="resend"' in page.content.decode()
    assert Notice.objects.get().state == Notice.State.FAILED


def test_the_privacy_notice_is_there_for_everybody(client: Client) -> None:
    response = client.get("/accounts/privacy/")
    assert response.status_code == 200 and "2026-11" in text(response)
    assert "Set-Cookie" not in response and "Cookie" not in response.get("Vary", "")


# --- a new password ------------------------------------------------------------------------------

NEW = "xin-mi-ma-2026"


@pytest.mark.parametrize("login", [PHONE, "li@example.org"])
def test_a_new_password_by_code(client: Client, login: str) -> None:
    UserFactory(email="li@example.org", phone=PHONE)
    client.post(RESET, {"email": login})
    client.post("/accounts/password/reset/confirm/", {"code": code_sent()})
    response = client.post("/accounts/password/reset/complete/", {"password1": NEW, "password2": NEW})
    assert response.status_code == 302
    sign_in(client, login, NEW)
    assert signed_in(client)


def test_a_new_password_opens_the_lock(client: Client) -> None:
    UserFactory(email=None, phone=PHONE)
    for _ in range(5):
        sign_in(client, PHONE, "wrong-password-1")
    client.post(RESET, {"email": PHONE})
    client.post("/accounts/password/reset/confirm/", {"code": code_sent()})
    client.post("/accounts/password/reset/complete/", {"password1": NEW, "password2": NEW})
    sign_in(client, PHONE, NEW)
    assert signed_in(client)


@pytest.mark.parametrize("login", ["139 0000 0000", "nobody@example.org"])
def test_asking_for_an_unknown_name_looks_the_same(client: Client, login: str) -> None:
    UserFactory(email="li@example.org", phone=PHONE)
    known = Client().post(RESET, {"email": "li@example.org"})
    response = client.post(RESET, {"email": login})
    assert response["Location"] == known["Location"] == "/accounts/password/reset/confirm/"
    assert client.get(response["Location"]).status_code == 200


# --- changing what one signs in with --------------------------------------------------------------


@pytest.fixture
def at_home(client: Client) -> User:
    user = UserFactory(email="li@example.org", phone=PHONE)
    sign_in(client, "li@example.org")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return user


def test_a_change_asks_for_the_password_first_and_goes_on_after_it(client: Client) -> None:
    UserFactory(email=None, phone=PHONE)
    sign_in(client, PHONE)
    response = client.post("/accounts/phone/change/", {"phone": "139 0000 0000", "action": "change"})
    assert response["Location"].startswith("/accounts/reauthenticate/") and not memory.outbox
    response = client.post(response["Location"], {"password": PASSWORD})
    assert response["Location"] == "/accounts/phone/verify/"
    assert memory.outbox[-1].to == "+8613900000000"


def test_a_new_phone_number_counts_once_its_code_is_typed(client: Client, at_home: User) -> None:
    client.post("/accounts/phone/change/", {"phone": "139 0000 0000", "action": "change"})
    at_home.refresh_from_db()
    assert at_home.phone == "+8613800001234"
    client.post("/accounts/phone/verify/", {"code": code_sent()})
    at_home.refresh_from_db()
    assert (at_home.phone, at_home.phone_verified) == ("+8613900000000", True)


def test_a_new_email_counts_once_its_code_is_typed(client: Client, at_home: User) -> None:
    client.post("/accounts/email/", {"email": "new@example.org", "action_add": "1"})
    at_home.refresh_from_db()
    assert at_home.email == "li@example.org"
    client.post("/accounts/confirm-email/", {"code": code_sent()})
    at_home.refresh_from_db()
    assert at_home.email == "new@example.org"
    assert [address.email for address in at_home.emailaddress_set.all()] == ["new@example.org"]


def test_the_last_way_to_sign_in_cannot_be_removed(client: Client) -> None:
    user = UserFactory(email="li@example.org")
    sign_in(client, "li@example.org")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.post("/accounts/email/", {"email": "li@example.org", "action_remove": "1"})
    user.refresh_from_db()
    assert user.email == "li@example.org"


def test_changing_the_password_needs_the_old_one(client: Client, at_home: User) -> None:
    address = "/accounts/password/change/"
    client.post(address, {"oldpassword": "wrong", "password1": NEW, "password2": NEW})
    at_home.refresh_from_db()
    assert at_home.check_password(PASSWORD)
    client.post(address, {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    at_home.refresh_from_db()
    assert at_home.check_password(NEW) and signed_in(client)


@pytest.mark.parametrize("page", [LOGIN, SIGNUP, RESET])
@pytest.mark.parametrize("language", ["", "/en"])
def test_the_pages_work_in_both_languages_without_script(client: Client, page: str, language: str) -> None:
    response = client.get(language + page)
    assert response.status_code == 200
    assert "<script>" not in response.content.decode() and " style=" not in response.content.decode()
