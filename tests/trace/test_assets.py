"""The asset register is complete, and leaves as a spreadsheet."""

import io
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from PIL import Image as Pixels
from wagtail.images.models import Image

from telemetry.models import Camera, Device, DevicePhoto
from tests.factories.accounts import person
from tests.factories.pages import county
from tests.factories.telemetry import BaseFactory, DeviceFactory, DeviceModelFactory

pytestmark = pytest.mark.django_db
ASSET = {
    "asset_number": "LC-001",
    "supplier": "=某气象仪器厂",
    "purchased_on": date(2025, 3, 1),
    "price": "12800.00",
    "standard": "GB/T 33703-2017",
    "warranty_until": date(2028, 3, 1),
    "calibrated_on": date(2026, 3, 1),
    "calibration_due": date(2027, 3, 1),
    "keeper": "赵芳",
    "spot": "地头空旷处",
}


@pytest.fixture
def operator(client: Client) -> Client:
    county()
    client.force_login(person("trace_operator"))
    return client


@pytest.fixture
def device(operator: Client) -> Device:
    model = DeviceModelFactory(maker="风土", name="M1")
    return DeviceFactory(device_id="ZJH-01", name="东头", model=model, **ASSET)


def sheet(client: Client, url: str) -> list[tuple[Any, ...]]:
    answer = client.get(url + "?export=xlsx")
    assert answer.status_code == 200
    rows = load_workbook(io.BytesIO(b"".join(answer))).active.iter_rows(values_only=True)
    return list(rows)


def test_the_register_of_devices_leaves_as_a_spreadsheet(operator: Client, device: Device):
    heading, row = sheet(operator, reverse("devices:index"))
    kept = dict(zip(heading, row, strict=True))
    assert kept["资产编号"] == "LC-001"
    assert kept["厂家"] == "风土"
    assert str(kept["购置日期"]).startswith("2025-03-01")
    assert kept["价格"] == 12800
    assert str(kept["下次检定"]).startswith("2027-03-01")
    assert kept["供货方"] == "=某气象仪器厂", "text, not a formula"
    assert kept["保管人"] == "赵芳"


def test_the_register_as_text_is_read_by_excel(operator: Client, device: Device):
    answer = operator.get(reverse("devices:index") + "?export=csv")
    content = b"".join(answer).decode()
    assert content.startswith("\ufeff")
    assert "LC-001" in content and "张家河" in content


def test_the_register_of_cameras_leaves_too(operator: Client):
    Camera.objects.create(base=BaseFactory(), camera_id="ZJH-C1", name="东头", maker="某厂", **ASSET)
    heading, row = sheet(operator, reverse("cameras:index"))
    assert dict(zip(heading, row, strict=True))["厂家"] == "某厂"


def test_many_devices_take_the_same_queries(operator: Client, device: Device, django_assert_max_num_queries):
    for _ in range(20):
        DeviceFactory(**ASSET)
    with django_assert_max_num_queries(16):
        assert len(sheet(operator, reverse("devices:index"))) == 22


def test_a_device_keeps_its_photos(operator: Client, device: Device):
    file = io.BytesIO()
    Pixels.new("RGB", (40, 30)).save(file, "PNG")
    image = Image.objects.create(title="铭牌", file=_named(file), width=40, height=30)
    form = {
        "base": device.base.pk,
        "device_id": "ZJH-01",
        "silent_after": "3",
        "interval_seconds": "60",
        "is_active": "on",
        "photos-TOTAL_FORMS": "1",
        "photos-INITIAL_FORMS": "0",
        "photos-0-image": image.pk,
        "photos-0-caption": "铭牌",
        "photos-0-ORDER": "1",
    }
    answer = operator.post(reverse("devices:edit", args=[device.pk]), form)
    assert answer.status_code == 302, answer.context["form"].errors
    assert DevicePhoto.objects.get(device=device).caption == "铭牌"


def _named(file: io.BytesIO) -> Any:
    from django.core.files.images import ImageFile

    file.seek(0)
    return ImageFile(file, name="plate.png")


def test_a_calibration_is_due_after_it_was_made(operator: Client, device: Device):
    with pytest.raises(IntegrityError), transaction.atomic():
        Device.objects.filter(pk=device.pk).update(calibration_due=date(2026, 2, 1))


def test_a_clerk_sees_no_register(client: Client):
    county()
    client.force_login(person("clerk"))
    for name in ("devices:index", "cameras:index", "device-health:index", "telemetry-alerts:index"):
        assert client.get(reverse(name) + "?export=xlsx").status_code in {302, 403}


def test_a_password_is_taken_away_after_asking_and_the_log_knows_who(operator: Client, device: Device):
    url = reverse("devices:revoke", args=[device.pk])
    assert operator.get(url).status_code == 200
    device.refresh_from_db()
    assert device.password_hash
    operator.post(url)
    device.refresh_from_db()
    assert device.password_hash == "" and device.password_changed_at
    history = operator.get(reverse("devices:history", args=[device.pk])).content.decode()
    assert "收回" in history


def test_who_may_not_change_devices_takes_no_password_away(client: Client, device: Device):
    client.force_login(person("clerk"))
    assert client.post(reverse("devices:revoke", args=[device.pk])).status_code in {302, 403}
    device.refresh_from_db()
    assert device.password_hash
