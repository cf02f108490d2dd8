"""The back office of scans and copies: figures, decisions, and who may take them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import User
from accounts.roles import give_role
from record.analytics.count import read_new_scans
from record.models import CloneAlert, Code, SalesArea
from record.scans.places import Place
from record.scans.recording import record_scan
from tests.factories.record import NOW, active_code

pytestmark = pytest.mark.django_db
PAGES = ["record-scans", "record-clones", "record-recalls", "record-reports", "record-sales-areas"]


def person(client, role):
    user = User.objects.create_user(email=f"{role}@example.cn", password="x")
    give_role(user, role)
    client.force_login(user)
    return user


@pytest.fixture
def alert():
    code = active_code()
    for minute, (device, place) in enumerate([("a" * 32, "山西"), ("b" * 32, "广东")]):
        record_scan(
            serial=code.serial, device=device, place=Place(place), at=NOW + timedelta(minutes=minute * 20)
        )
    read_new_scans(at=NOW + timedelta(hours=1))
    read_new_scans(at=NOW + timedelta(hours=1, seconds=9))
    return CloneAlert.objects.get()


@pytest.mark.parametrize("name", PAGES)
def test_a_trace_operator_opens_every_list(client, alert, name):
    person(client, "trace_operator")
    assert client.get(reverse(f"{name}:index")).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_others_open_none(client, name):
    person(client, "editor")
    assert client.get(reverse(f"{name}:index")).status_code in {302, 403}


def test_figures_follow_the_filters_and_are_exported(client, alert):
    person(client, "trace_operator")
    page = client.get(reverse("record-scans:index")).content.decode()
    assert "广东" in page
    assert "<svg" in page
    page = client.get(reverse("record-scans:index"), {"province": "山西"}).content.decode()
    assert "广东" not in page
    exported = client.get(reverse("record-scans:index"), {"export": "csv"})
    assert "广东" in b"".join(exported.streaming_content).decode()


def test_an_alert_is_dismissed_by_hand(client, alert):
    user = person(client, "trace_operator")
    page = client.get(reverse("record-clones:decide", args=[alert.pk])).content.decode()
    assert "广东" in page
    url = reverse("record-clones:dismiss", args=[alert.pk])
    assert client.post(url, {"note": ""}).status_code == 400
    assert client.post(url, {"note": "直播展示"}).status_code == 302
    alert.refresh_from_db()
    assert (alert.state, alert.closed_by) == (CloneAlert.State.DISMISSED, user)
    assert Code.objects.get().suspected_at is None
    assert client.post(reverse("record-clones:confirm", args=[alert.pk]), {"note": "假"}).status_code == 400
    assert Code.objects.get().state == Code.State.ACTIVATED


def test_an_alert_is_confirmed_by_hand(client, alert):
    person(client, "trace_operator")
    assert (
        client.post(reverse("record-clones:confirm", args=[alert.pk]), {"note": "查到仿冒"}).status_code
        == 302
    )
    assert Code.objects.get().void_reason == "查到仿冒"


def test_a_clerk_decides_nothing(client, alert):
    person(client, "clerk")
    for act in ("dismiss", "confirm"):
        answer = client.post(reverse(f"record-clones:{act}", args=[alert.pk]), {"note": "x"})
        assert answer.status_code in {302, 403}
    alert.refresh_from_db()
    assert alert.state == CloneAlert.State.OPEN


def test_provinces_are_chosen_from_a_list(client):
    person(client, "trace_operator")
    product = active_code().product
    url = reverse("record-sales-areas:add")
    data = {"product": product.pk, "provinces": ["山西", "河北"], "tolerated": 0}
    assert client.post(url, {**data, "provinces": ["火星"]}).status_code == 200
    assert not SalesArea.objects.exists()
    assert client.post(url, data).status_code == 302
    assert SalesArea.objects.get().provinces == ["山西", "河北"]


def test_a_buyer_of_a_suspicious_package_reads_why(client, alert):
    page = client.get(reverse("trace-package", args=[alert.code.serial])).content.decode()
    assert "广东" in page
    assert "疑" in page
