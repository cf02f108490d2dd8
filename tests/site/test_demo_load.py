"""Loading the demo: everything is there, through the real write paths, and a second time changes nothing."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone
from wagtail.models import Page, Site

from accounts.models import User
from accounts.roles import ROLES, has_role
from api.tokens import verify
from brand.models import Licence, Member, Product, Region
from demo.load import load_demo
from demo.load.content import COUNTIES
from demo.load.secrets import Secrets
from demo.load.sites import settle_ports
from home.models import HomePage
from record.events.chain import broken_links
from record.models import Batch, Code, Event, Scan
from shop.catalogue.models import Product as Article
from telemetry.credentials import check_password
from telemetry.models import Base, Device, DirtyHour, Hj212Station, HourlyReading, Reading

# in one worker: the demo is loaded once
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]
COUNTED = (
    Region,
    Member,
    Product,
    Licence,
    Base,
    Device,
    Batch,
    Event,
    Code,
    Scan,
    Page,
    Article,
    User,
    Reading,
)
PATHS = (
    "/",
    "/news/",
    "/training/",
    "/brand/",
    "/brand/join/",
    "/brand/rules/",
    "/brand/rules/packaging/",
    "/brand/standards/",
    "/brand/trademarks/",
    "/brand/press/",
)
PLAIN = ("/about/", "/accounts/privacy/", "/terms/", "/bases/", "/brand/members/")


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Any]]:
    """The demo, loaded once for this module and undone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_demo(at=timezone.now())
        transaction.set_rollback(True)


def page(client: Client, county: str, path: str) -> str:
    answer = client.get(path, headers={"host": f"{county}.localhost"})
    assert answer.status_code == 200, f"{county} {path}"
    return answer.content.decode()


@pytest.mark.parametrize("county", COUNTIES)
def test_every_page_of_a_county_answers(loaded, client, county):
    home = page(client, county, "/")
    for product in HomePage.objects.get(slug=county).body.blocks_by_name("products")[0].value["items"]:
        assert product["product"].name in home
    for path in (*PATHS, *PLAIN):
        page(client, county, path)


@pytest.mark.parametrize("county", COUNTIES)
def test_every_post_course_base_and_member_answers(loaded, client, county):
    region = Region.objects.get(slug=county)
    for below in region.site.root_page.get_descendants().live().specific():
        page(client, county, below.get_url_parts()[2])
    for base in region.bases.all():
        page(client, county, f"/bases/{base.slug}/")
    for member in region.members.all():
        page(client, county, f"/brand/members/{member.slug}/")


def test_unknown_hosts_see_the_first_county(loaded, client):
    assert "潞城大葱" in client.get("/", headers={"host": "127.0.0.1"}).content.decode()


def test_codes_are_in_the_states_they_are_named_for(loaded):
    codes = {
        name: Code.objects.select_related("batch").get(serial=code) for name, code in loaded["codes"].items()
    }
    assert codes["fresh"].state == Code.State.ACTIVATED and codes["fresh"].scan_count == 0
    assert codes["scanned"].scan_count == 3 and codes["scanned"].device_count == 2
    assert codes["inactive"].state == Code.State.BOUND
    assert codes["recalled"].batch.is_recalled
    assert codes["voided"].state == Code.State.VOIDED and codes["voided"].void_reason


def test_every_code_has_a_record_page(loaded, client):
    for serial in loaded["codes"].values():
        assert client.get(f"/trace/{serial}/", headers={"host": "lucheng.localhost"}).status_code == 200


def test_licences_are_in_the_states_they_are_named_for(loaded):
    today = timezone.localdate()
    found = {name: Licence.objects.get(number=number) for name, number in loaded["licences"].items()}
    assert found["valid"].is_valid(on=today)
    assert found["expired"].state == Licence.State.VALID and found["expired"].valid_to < today
    assert found["suspended"].state == "suspended" and found["revoked"].state == "revoked"


def test_passwords_open_what_they_are_for(loaded):
    for role, account in loaded["accounts"].items():
        user = User.objects.get(email=account["login"])
        assert user.check_password(account["password"])
        assert role not in ROLES or has_role(user, role)
    assert User.objects.get(email=loaded["accounts"]["admin"]["login"]).is_superuser
    stations = [device for base in loaded["bases"] for device in base["devices"]]
    assert {station["id"] for station in stations} == {"ZJH-01", "YSH-01", "YSB-01", "BLY-01", "BHS-01"}
    for station in stations:
        hashed = Device.objects.get(device_id=station["id"]).password_hash
        assert check_password(station["password"], hashed)


def test_every_chain_holds_and_every_event_came_before_it_was_recorded(loaded):
    for batch in Batch.objects.all():
        assert not list(broken_links(batch.events.order_by("sequence")))
    assert all(event.at <= event.recorded_at <= timezone.now() for event in Event.objects.all())


def test_stations_have_a_past_and_are_not_online(loaded):
    now = timezone.now()
    for device in Device.objects.all():
        assert not device.online
        assert device.readings.filter(at__gte=now - timedelta(hours=1)).count() >= 30
        assert (
            device.hours.filter(hour__gte=now - timedelta(hours=26)).values("hour").distinct().count() >= 24
        )
    assert not DirtyHour.objects.exists()
    assert HourlyReading.objects.filter(metric="temperature").exists()


def test_a_batch_tells_the_weather_of_its_season_and_when_there_was_no_power(loaded):
    batch = Batch.objects.get(product__slug="luchengdacong-5kg")
    page = Client().get(f"/trace/batches/{batch.product.gtin}/{batch.lot}/").content.decode()
    season = page.partition('id="season"')[2].partition("</section>")[0]
    assert "大葱在 5 ℃ 以下不长" in season
    assert "没有记录，一共 4 天。" in season


def test_articles_are_sold_at_a_price_by_their_member(loaded):
    article = Article.objects.get(slug="luchengdacong-5kg")
    sizes = [size.stockrecords.get() for size in article.children.all()] or [article.stockrecords.get()]
    assert "39.80" in {str(size.price) for size in sizes} and sizes[0].num_in_stock > 0
    assert {size.partner.name for size in sizes} == {article.brand_product.member.name}


def test_a_second_time_changes_nothing(loaded):
    home = HomePage.objects.get(slug="daning")
    home.title = "改过的标题"
    home.save()
    before = {model: model.objects.count() for model in COUNTED}

    again = load_demo(at=timezone.now() + timedelta(days=3))

    assert {model: model.objects.count() for model in COUNTED} == before
    assert HomePage.objects.get(slug="daning").title == "改过的标题"
    assert again["accounts"] == loaded["accounts"]
    assert again["codes"] == loaded["codes"]


def test_a_code_that_was_scanned_is_no_longer_named_fresh(loaded):
    Code.objects.filter(serial=loaded["codes"]["fresh"]).update(
        scan_count=1, first_scanned_at=timezone.now(), device_count=1
    )

    assert load_demo(at=timezone.now())["codes"]["fresh"] != loaded["codes"]["fresh"]


def test_lost_passwords_are_made_anew(loaded):
    path = Secrets.of_the_demo().path
    kept = path.read_text()
    path.unlink()
    try:
        again = load_demo(at=timezone.now())
        for account in again["accounts"].values():
            assert User.objects.get(email=account["login"]).check_password(account["password"])
        for base in again["bases"]:
            for device in base["devices"]:
                hashed = Device.objects.get(device_id=device["id"]).password_hash
                assert check_password(device["password"], hashed)
    finally:
        path.write_text(kept)


@override_settings(PUBLIC_BASE_URL="http://127.0.0.1:8765")
def test_the_sites_follow_the_port(loaded):
    settle_ports()

    assert set(Site.objects.values_list("port", flat=True)) == {8765}


def test_a_members_program_and_a_station_of_the_demo_are_let_in(loaded: dict[str, Any]) -> None:
    assert set(loaded["api"]["tokens"]) == set(COUNTIES)
    for slug, text in loaded["api"]["tokens"].items():
        token = verify(text)
        assert token is not None
        assert token.member.region.slug == slug
    [station] = loaded["hj212"]["stations"]
    known = Hj212Station.objects.select_related("device").get(mn=station["mn"])
    assert check_password(station["pw"], known.password_hash)
    assert known.device.device_id == station["device"]
