"""Scans by day: each counted once, first ones apart, whatever comes late."""

from datetime import date, timedelta

import pytest
from django.db.models import Sum

from record.analytics import count
from record.analytics.count import read_new_scans
from record.models import Scan, ScanDay
from record.scans.places import Place
from record.scans.recording import record_scan
from tests.factories.record import NOW, active_code

pytestmark = pytest.mark.django_db
ME, SHE = "a" * 32, "b" * 32
LATER = NOW + timedelta(hours=20)


def scan(code, device=ME, *, hours=0, place=None):
    return record_scan(serial=code.serial, device=device, place=place, at=NOW + timedelta(hours=hours))


def read(at=LATER):
    read_new_scans(at=at)
    return read_new_scans(at=at + timedelta(seconds=5))


def counted():
    return {(day.day, day.province): (day.first, day.repeat, day.other) for day in ScanDay.objects.all()}


def test_first_and_repeated_scans_by_day_and_province():
    code = active_code()
    scan(code, place=Place("山西", "太原"))
    scan(code, SHE, hours=1, place=Place("河北", "邯郸"))
    scan(code, SHE, hours=15)
    assert read() == 3
    assert counted() == {
        (date(2026, 11, 20), "山西"): (1, 0, 0),
        (date(2026, 11, 20), "河北"): (0, 1, 0),
        (date(2026, 11, 21), ""): (0, 1, 0),  # 01:00 in Shanghai
    }


def test_scans_are_counted_once_however_often_they_are_read():
    code = active_code()
    scan(code)
    assert (read(), read(), read()) == (1, 0, 0)
    scan(code, hours=1)
    assert read(LATER + timedelta(minutes=1)) == 1
    assert counted() == {(date(2026, 11, 20), ""): (1, 1, 0)}


def test_the_newest_wait_until_whoever_was_on_the_way_has_arrived():
    scan(active_code())
    assert read_new_scans(at=LATER) == 0
    assert read_new_scans(at=LATER + timedelta(seconds=1)) == 0
    assert read_new_scans(at=LATER + timedelta(seconds=2)) == 1


def test_codes_not_in_use_are_counted_apart():
    code = active_code()
    scan(code, hours=-24)
    read()
    assert counted() == {(date(2026, 11, 19), ""): (0, 0, 1)}


def test_many_are_read_in_turns(monkeypatch):
    monkeypatch.setattr(count, "A_TURN", 3)
    code = active_code()
    for minute in range(10):
        scan(code, f"{minute:032d}", hours=minute / 60)
    assert read() == 10
    assert ScanDay.objects.aggregate(first=Sum("first"), repeat=Sum("repeat")) == {"first": 1, "repeat": 9}


def test_reading_makes_as_many_queries_for_many_scans_as_for_few(django_assert_max_num_queries):
    codes = [active_code() for _ in range(8)]
    for each in codes:
        for phone in (ME, SHE):
            scan(each, phone, place=Place("山西", "太原"))
    read_new_scans(at=LATER)
    with django_assert_max_num_queries(40):
        assert read_new_scans(at=LATER + timedelta(seconds=5)) == Scan.objects.count() == 16
