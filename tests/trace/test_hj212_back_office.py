"""HJ 212 stations in the back office: a number for a device, a password shown once, shut out when deleted."""

import re

import pytest
from django.test import Client

from telemetry.credentials import check_password
from telemetry.models import Device, Hj212Station
from tests.factories.accounts import person
from tests.factories.telemetry import DeviceFactory

pytestmark = pytest.mark.django_db
PASSWORD = re.compile(r'id="device-password">([a-z0-9]{6})<')


@pytest.fixture
def operator(client) -> Client:
    client.force_login(person("trace_operator"))
    return client


def register(client: Client, device: Device, mn: str = "A1B2C3"):
    return client.post("/cms/hj212-stations/new/", {"device": device.pk, "mn": mn})


def test_a_station_is_registered_and_its_password_shown_once(operator):
    answer = register(operator, DeviceFactory())
    password = PASSWORD.search(answer.content.decode())[1]
    assert "no-store" in answer["Cache-Control"]
    station = Hj212Station.objects.get()
    assert check_password(password, station.password_hash)
    assert password not in operator.get(f"/cms/hj212-stations/edit/{station.pk}/").content.decode()
    assert "A1B2C3" in operator.get("/cms/hj212-stations/").content.decode()


def test_a_number_is_given_once_and_is_letters_and_digits(operator):
    register(operator, DeviceFactory())
    for mn in ("A1B2C3", "A-1", "", "X" * 25):
        register(operator, DeviceFactory(), mn)
    assert Hj212Station.objects.count() == 1


def test_a_new_password_ends_the_old_one(operator):
    old = PASSWORD.search(register(operator, DeviceFactory()).content.decode())[1]
    station = Hj212Station.objects.get()
    path = f"/cms/hj212-stations/reissue/{station.pk}/"
    assert operator.get(path).status_code == 200
    new = PASSWORD.search(operator.post(path).content.decode())[1]
    station.refresh_from_db()
    assert check_password(new, station.password_hash)
    assert not check_password(old, station.password_hash)


def test_a_station_that_is_deleted_leaves_its_device(operator):
    register(operator, DeviceFactory())
    operator.post(f"/cms/hj212-stations/delete/{Hj212Station.objects.get().pk}/")
    assert not Hj212Station.objects.exists()
    assert Device.objects.count() == 1


def test_others_register_none(client):
    client.force_login(person("clerk"))
    register(client, DeviceFactory())
    assert not Hj212Station.objects.exists()
