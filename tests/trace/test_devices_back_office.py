"""Bases and devices are made by hand in the back office; a password is shown once and never kept."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from changes.models import Change
from telemetry.credentials import check_password
from telemetry.models import Base, Device, Metric, UnreadableMessage
from tests.factories.telemetry import PASSWORD, BaseFactory, DeviceFactory, RegionForBaseFactory

pytestmark = pytest.mark.django_db
DEVICE = {
    "device_id": "ZJH-09",
    "name": "东头",
    "silent_after": "3",
    "interval_seconds": "60",
    "is_active": "on",
    "photos-TOTAL_FORMS": "0",
    "photos-INITIAL_FORMS": "0",
}


@pytest.fixture
def admin(client: Client) -> Client:
    user = get_user_model().objects.create_superuser(email="admin@example.org", password="x")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def device_form(base: Base, **fields: str) -> dict[str, Any]:
    return {
        "base": base.pk,
        "model": "",
        "standard": "",
        "purchased_on": "",
        "price": "",
        "calibrated_on": "",
    } | (DEVICE | fields)


def test_a_base_is_made_and_the_change_is_told(admin: Client):
    region = RegionForBaseFactory()
    fields = {"region": region.pk, "slug": "duitou", "name": "堡头基地", "place": "堡头村", "crops": "大葱"}
    answer = admin.post(reverse("telemetry-bases:add"), {**fields, "area_mu": "", "about": "", "art": ""})
    assert answer.status_code == 302, answer.context["form"].errors
    base = Base.objects.get(slug="duitou")
    assert Change.objects.filter(thing=f"telemetry.base:{base.pk}", region="lucheng").exists()


def test_an_edited_and_a_deleted_base_are_told(admin: Client):
    base = BaseFactory()
    fields = {"region": base.region.pk, "slug": base.slug, "name": "新名字", "place": "", "crops": ""}
    admin.post(reverse("telemetry-bases:edit", args=[base.pk]), {**fields, "about": "", "art": ""})
    base.refresh_from_db()
    assert base.name == "新名字"
    admin.post(reverse("telemetry-bases:delete", args=[base.pk]))
    assert not Base.objects.exists()
    kinds = Change.objects.filter(thing=f"telemetry.base:{base.pk}").order_by("id")
    assert set(kinds.values_list("kind", flat=True)) == {"saved", "deleted"}


def test_a_new_device_gets_a_password_that_is_shown_once(admin: Client):
    answer = admin.post(reverse("devices:add"), device_form(BaseFactory()))
    device = Device.objects.get(device_id="ZJH-09")
    password = answer.context["password"]
    assert password in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert check_password(password, device.password_hash)
    for page in ("devices:index", "devices:edit"):
        arguments = [device.pk] if page.endswith("edit") else []
        content = admin.get(reverse(page, args=arguments)).content.decode()
        assert password not in content
        assert device.password_hash not in content


@pytest.mark.parametrize("device_id", ["", "a b", "a/b", "a+", "#", "x" * 41, "-x"])
def test_an_id_that_is_no_topic_is_refused(admin: Client, device_id: str):
    admin.post(reverse("devices:add"), device_form(BaseFactory(), device_id=device_id))
    assert not Device.objects.exists()


def test_a_new_password_replaces_the_old_one_after_asking(admin: Client):
    device = DeviceFactory()
    url = reverse("devices:reissue", args=[device.pk])
    assert admin.get(url).status_code == 200
    device.refresh_from_db()
    assert check_password(PASSWORD, device.password_hash)
    password = admin.post(url).context["password"]
    device.refresh_from_db()
    assert check_password(password, device.password_hash)
    assert not check_password(PASSWORD, device.password_hash)


def test_nobody_deletes_a_device(admin: Client):
    device = DeviceFactory()
    assert admin.post(reverse("devices:delete", args=[device.pk])).status_code in {302, 403}
    assert Device.objects.exists()


def test_who_may_not_change_devices_gets_no_password(client: Client):
    user = get_user_model().objects.create_user(email="a@example.org", password="x")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    device = DeviceFactory()
    assert client.post(reverse("devices:reissue", args=[device.pk])).status_code in {302, 403}
    device.refresh_from_db()
    assert check_password(PASSWORD, device.password_hash)


@pytest.mark.parametrize(
    "name", ["telemetry-bases", "devices", "device-models", "metrics", "metric-limits", "unreadable-messages"]
)
def test_every_list_opens_and_can_be_searched(admin: Client, name: str):
    DeviceFactory()
    assert admin.get(reverse(f"{name}:index")).status_code == 200
    assert admin.get(reverse(f"{name}:index") + "?q=潞").status_code == 200


def test_devices_are_filtered_by_county(admin: Client):
    device = DeviceFactory()
    listed = admin.get(reverse("devices:index"), {"base__region": device.base.region.pk})
    assert device.device_id in listed.content.decode()


def test_an_unreadable_message_is_read_and_not_edited(admin: Client, django_user_model: Any):
    message = UnreadableMessage.objects.create(
        device_id="ZJH-01",
        payload=b"\xff<b>raw</b>",
        size=12,
        reason="not JSON",
        received_at="2026-11-22T08:00:00Z",
    )
    content = admin.get(reverse("unreadable-messages:inspect", args=[message.pk])).content.decode()
    assert "\\xff&lt;b&gt;raw&lt;/b&gt;" in content
    assert admin.get(reverse("unreadable-messages:add")).status_code in {302, 403}
    assert admin.get(reverse("unreadable-messages:edit", args=[message.pk])).status_code in {302, 403}


def test_a_further_metric_is_a_row(admin: Client):
    fields = {
        "key": "soil_moisture",
        "name": "土壤湿度",
        "name_en": "Soil moisture",
        "unit": "%",
        "decimals": "1",
    }
    numbers = {
        "accept_min": "0",
        "accept_max": "100",
        "hj212_factor": "1",
        "position": "200",
        "is_public": "on",
    }
    answer = admin.post(reverse("metrics:add"), {**fields, **numbers, "aliases": "", "hj212_code": ""})
    assert answer.status_code == 302, answer.context["form"].errors
    assert Metric.objects.get(key="soil_moisture").is_public
