"""Copied codes: what gives them away, what an operator makes of it, and what buyers are told meanwhile."""

from datetime import timedelta

import pytest

from accounts.models import User
from notices.models import Notice
from record.analytics.count import read_new_scans
from record.clones.decide import AlertIsClosed, DecisionNeedsNote, confirm_alert, dismiss_alert
from record.clones.rules import Sighting, impossible_journey, phones_outside
from record.models import CloneAlert, Code, SalesArea
from record.scans.places import Place
from record.scans.provinces import PROVINCES, least_km, province_of
from record.scans.recording import record_scan
from record.scans.verdicts import Kind
from tests.factories.record import NOW, active_code

pytestmark = pytest.mark.django_db
ME, SHE, HE = "a" * 32, "b" * 32, "c" * 32
Rule, State = CloneAlert.Rule, CloneAlert.State
SHANXI, GUANGDONG = Place("山西", "太原"), Place("广东", "深圳")


def sighting(place, *, minutes, device):
    return Sighting(NOW + timedelta(minutes=minutes), device, place)


def scan(code, device, place, *, minutes):
    return record_scan(serial=code.serial, device=device, place=place, at=NOW + timedelta(minutes=minutes))


def look(*, minutes=60):
    """Read the scans twice: what one call sees, the next one reads."""
    read_new_scans(at=NOW + timedelta(minutes=minutes))
    read_new_scans(at=NOW + timedelta(minutes=minutes, seconds=10))


@pytest.fixture
def office(db):
    return User.objects.create_superuser(email="admin@example.cn", password="x")


def test_neighbours_are_no_distance_apart_and_far_provinces_are():
    assert least_km("山西", "河北") == least_km("山西", "山西") == least_km("山西", "nowhere") == 0
    assert 600 < least_km("山西", "广东") < 1800
    assert all(least_km(a, b) == pytest.approx(least_km(b, a)) for a in PROVINCES for b in PROVINCES)


@pytest.mark.parametrize(
    ("place", "province"),
    [
        ("山西 太原", "山西"),
        ("内蒙古自治区 包头", "内蒙古"),
        ("黑龙江", "黑龙江"),
        ("山西省长治市", "山西"),
        ("", ""),
    ],
)
def test_the_province_of_a_place(place, province):
    assert province_of(place) == province


def test_a_package_does_not_fly_faster_than_an_airliner():
    seen = [sighting("山西 太原", minutes=0, device=ME), sighting("广东 深圳", minutes=30, device=SHE)]
    assert impossible_journey(seen)["minutes"] == 30
    assert not impossible_journey([seen[0], sighting("广东 深圳", minutes=180, device=SHE)])


def test_one_phone_in_two_places_is_its_network_not_the_package():
    seen = [sighting("山西 太原", minutes=0, device=ME), sighting("广东 深圳", minutes=30, device=ME)]
    assert not impossible_journey(seen)


def test_a_second_look_at_home_does_not_hide_the_journey():
    seen = [sighting("山西 太原", minutes=minute, device=ME) for minute in (0, 5)]
    assert impossible_journey(
        [*seen, sighting("山西", minutes=9, device=ME), sighting("广东", minutes=9, device=HE)]
    )


def test_only_far_provinces_are_outside():
    seen = [sighting(place, minutes=0, device=place) for place in ("山西 长治", "河北 邯郸", "广东 深圳")]
    assert phones_outside(seen, sold_in=["山西"]) == {"广东 深圳": "广东 深圳"}
    assert phones_outside(seen, sold_in=[]) == {}


def test_an_impossible_journey_makes_the_code_suspicious_and_tells_operators(
    office, django_capture_on_commit_callbacks
):
    code = active_code()
    scan(code, ME, SHANXI, minutes=0)
    assert scan(code, SHE, GUANGDONG, minutes=30).kind is Kind.AGAIN
    with django_capture_on_commit_callbacks(execute=True):
        look()
    alert = CloneAlert.objects.get()
    assert (alert.rule, alert.state, alert.facts["from"]) == (Rule.SPEED, State.OPEN, "山西 太原")
    assert scan(code, HE, SHANXI, minutes=70).kind is Kind.SUSPICIOUS
    assert Notice.objects.get(user=office).kind == "clone_alert"


def test_the_same_sign_opens_one_alert():
    code = active_code()
    scan(code, ME, SHANXI, minutes=0)
    scan(code, SHE, GUANGDONG, minutes=30)
    look()
    scan(code, HE, GUANGDONG, minutes=70)
    look(minutes=90)
    assert CloneAlert.objects.count() == 1


def test_a_package_far_from_where_it_is_sold_is_suspicious():
    code = active_code()
    SalesArea.objects.create(product=code.product, provinces=["山西", "河北"])
    scan(code, ME, GUANGDONG, minutes=0)
    look()
    assert CloneAlert.objects.get().rule == Rule.REGION


def test_tolerated_phones_outside_raise_no_alert():
    code = active_code()
    SalesArea.objects.create(product=code.product, provinces=["山西"], tolerated=1)
    scan(code, ME, GUANGDONG, minutes=0)
    look()
    assert not CloneAlert.objects.exists()
    scan(code, SHE, GUANGDONG, minutes=61)
    look(minutes=120)
    assert CloneAlert.objects.get().facts["phones"] == 2


def test_hundreds_of_phones_are_suspicious_at_once_and_alerted_soon(settings):
    settings.TRACE_SUSPICIOUS_DEVICES = 3
    code = active_code()
    kinds = [scan(code, f"{phone:032d}", None, minutes=phone).kind for phone in range(4)]
    assert kinds[-1] is Kind.SUSPICIOUS
    look()
    assert CloneAlert.objects.get().rule == Rule.PHONES


def test_without_places_the_rules_that_need_one_stay_silent():
    code = active_code()
    for minute, phone in enumerate([ME, SHE, HE]):
        scan(code, phone, None, minutes=minute)
    look()
    assert not CloneAlert.objects.exists()


def test_a_harmless_code_is_trusted_again_until_something_new_happens(office, settings):
    settings.TRACE_SUSPICIOUS_DEVICES = 2
    code = active_code()
    scan(code, ME, SHANXI, minutes=0)
    scan(code, SHE, GUANGDONG, minutes=30)
    scan(code, HE, GUANGDONG, minutes=31)
    look()
    for alert in CloneAlert.objects.all():
        assert scan(code, ME, SHANXI, minutes=80).kind is Kind.SUSPICIOUS
        dismiss_alert(alert=alert, note="直播间展示了这包", by=office, at=NOW + timedelta(hours=2))
    assert scan(code, ME, SHANXI, minutes=130).kind is Kind.AGAIN
    look(minutes=140)
    assert not CloneAlert.objects.filter(state=State.OPEN).exists()
    scan(code, "d" * 32, GUANGDONG, minutes=150)
    look(minutes=160)
    assert CloneAlert.objects.get(state=State.OPEN).rule == Rule.SPEED


def test_a_confirmed_copy_is_void_with_its_reason(office):
    code = active_code()
    scan(code, ME, SHANXI, minutes=0)
    scan(code, SHE, GUANGDONG, minutes=30)
    look()
    confirm_alert(
        alert=CloneAlert.objects.get(), note="深圳查到仿冒包装", by=office, at=NOW + timedelta(hours=2)
    )
    code.refresh_from_db()
    assert (code.state, code.void_reason) == (Code.State.VOIDED, "深圳查到仿冒包装")
    assert scan(code, HE, SHANXI, minutes=200).kind is Kind.VOIDED


def test_an_alert_is_decided_once_and_with_a_note(office):
    code = active_code()
    scan(code, ME, SHANXI, minutes=0)
    scan(code, SHE, GUANGDONG, minutes=30)
    look()
    alert = CloneAlert.objects.get()
    with pytest.raises(DecisionNeedsNote):
        confirm_alert(alert=alert, note=" ", by=office, at=NOW)
    code.refresh_from_db()
    assert (code.state, CloneAlert.objects.get().state) == (Code.State.ACTIVATED, State.OPEN)
    dismiss_alert(alert=alert, note="查过，没事", by=office, at=NOW)
    with pytest.raises(AlertIsClosed):
        confirm_alert(alert=alert, note="假的", by=office, at=NOW)
    code.refresh_from_db()
    assert code.state == Code.State.ACTIVATED
