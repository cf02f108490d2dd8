"""The door: the screen with the changing code, and checking in with it."""

from datetime import timedelta

import pytest
import zxingcpp
from django.core.cache import cache
from django.utils import timezone
from PIL import Image, ImageDraw

from association.activities import door
from brand.activities.check_in import code_now
from lib import qr
from lib.names import masked_name
from tests.factories.accounts import UserFactory, person
from tests.factories.activities import ActivityFactory, person_at
from tests.factories.pages import county

pytestmark = pytest.mark.django_db
DOOR, SCREEN = "/brand/activities/salon/check-in/", "/brand/activities/salon/screen/"


@pytest.fixture(autouse=True)
def _forgotten():
    cache.clear()


@pytest.fixture
def salon():
    """An activity that begins in ten minutes."""
    begins = timezone.now() + timedelta(minutes=10)
    return ActivityFactory(
        region=county(), slug="salon", starts_at=begins, ends_at=begins + timedelta(hours=2), capacity=1
    )


def scanned(client, activity, ago: int = 0):
    """Open what the QR held so many seconds ago."""
    at = timezone.now() - timedelta(seconds=ago)
    return client.get(DOOR, {"now": code_now(activity, at=at)})


def came(sign_up) -> bool:
    sign_up.refresh_from_db()
    return sign_up.checked_in_at is not None


def test_the_number_one_signed_up_with_checks_in(client, salon):
    wang = person_at(salon, at=timezone.now())
    assert scanned(client, salon)["Location"] == DOOR
    answer = client.post(DOOR, {"phone": "13800000001"}, follow=True)
    assert came(wang) and "到了" in answer.content.decode()
    # whoever knows a number does not learn here whose it is
    assert wang.name not in answer.content.decode() and f"{wang.name[0]}**" in answer.content.decode()


def test_an_account_checks_in_with_one_press(client, salon):
    user = UserFactory()
    wang = person_at(salon, at=timezone.now(), user=user)
    client.force_login(user)
    scanned(client, salon)
    assert 'name="phone"' not in client.get(DOOR).content.decode()
    client.post(DOOR)
    assert came(wang)


def test_scanning_alone_checks_nobody_in(client, salon):
    user = UserFactory()
    wang = person_at(salon, at=timezone.now(), user=user)
    client.force_login(user)
    scanned(client, salon)
    client.get(DOOR)
    assert not came(wang)


def test_an_old_code_opens_nothing(client, salon):
    wang = person_at(salon, at=timezone.now())
    assert scanned(client, salon, ago=61).status_code == 403
    assert client.post(DOOR, {"phone": "13800000001"}).status_code == 200
    assert not came(wang)


def test_the_pass_ends_after_ten_minutes(client, salon):
    wang = person_at(salon, at=timezone.now())
    scanned(client, salon)
    session = client.session
    session["activity_door"] = {**session["activity_door"], "at": timezone.now().timestamp() - 601}
    session.save()
    client.post(DOOR, {"phone": "13800000001"})
    assert not came(wang)


def test_a_number_that_is_not_on_the_list_is_said_and_counted(client, salon, monkeypatch):
    monkeypatch.setattr(door, "_GUESSES", door.Guesses("test.door", allowed=2, window=60))
    monkeypatch.setattr(door, "guesses_too_often", door._GUESSES.used_up)
    monkeypatch.setattr(door, "note_miss", door._GUESSES.note)
    wang = person_at(salon, at=timezone.now())
    scanned(client, salon)
    for _ in range(2):
        assert client.post(DOOR, {"phone": "13900000001"}).status_code == 400
    client.post(DOOR, {"phone": "13800000001"})
    assert not came(wang)


def test_who_waits_is_sent_to_the_organiser(client, salon):
    person_at(salon, 1, at=timezone.now())
    waiting = person_at(salon, 2, at=timezone.now())
    scanned(client, salon)
    answer = client.post(DOOR, {"phone": waiting.phone})
    assert answer.status_code == 400 and "候补" in answer.content.decode()
    assert not came(waiting)


def test_only_organisers_see_the_screen(client, salon):
    assert client.get(SCREEN)["Location"].startswith("/accounts/login/")
    client.force_login(person("member"))
    assert client.get(SCREEN).status_code == 403
    assert client.get(f"{SCREEN}now/").status_code == 403


def test_the_screen_hides_names_and_renews_itself_without_scripts(client, salon):
    wang = person_at(salon, at=timezone.now())
    scanned(client, salon)
    client.post(DOOR, {"phone": wang.phone})
    client.force_login(person("brand_officer"))
    page = client.get(SCREEN)
    words = page.content.decode()
    assert "王**" in words and wang.name not in words
    assert '<noscript><meta http-equiv="refresh"' in words
    assert "no-store" in page["Cache-Control"]


def test_the_qr_on_the_screen_leads_to_the_door(client, salon):
    client.force_login(person("brand_officer"))
    url = f"http://testserver{DOOR}?now={code_now(salon, at=timezone.now())}"
    assert qr.path(qr.single(url)) in client.get(f"{SCREEN}now/").content.decode()
    drawn = qr.single(url)
    picture = Image.new("L", (drawn.size + 8, drawn.size + 8), 255)
    pen = ImageDraw.Draw(picture)
    for y, row in enumerate(drawn.rows()):
        pen.point([(x + 4, y + 4) for x, dark in enumerate(row) if dark == "1"], fill=0)
    read = zxingcpp.read_barcode(picture.resize((600, 600), Image.Resampling.NEAREST))
    assert client.get(read.text.removeprefix("http://testserver"))["Location"] == DOOR


@pytest.mark.parametrize(
    ("name", "shown"), [("王秀兰", "王**"), (" 欧阳 ", "欧**"), ("Li Hong", "L**"), ("", "")]
)
def test_names_are_masked(name, shown):
    assert masked_name(name) == shown
