"""Scans: counted once, by phone, with one first."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from record.codes.activation import activate_codes
from record.codes.issuing import issue_codes
from record.models import Code, Scan
from record.scans.places import Place
from record.scans.recording import UnknownCode, newest_scans, record_scan, verdict_on, with_newest_scans
from record.scans.verdicts import Kind
from tests.factories.record import NOW, active_code, sellable_batch

pytestmark = pytest.mark.django_db
ME, SHE = "a" * 32, "b" * 32


def scan(code, device=ME, *, minutes=0, place=None):
    return record_scan(serial=code.serial, device=device, place=place, at=NOW + timedelta(minutes=minutes))


def test_the_first_scan_is_the_first_and_is_kept():
    code = active_code()
    assert scan(code, place=Place("山西", "太原")).kind is Kind.FIRST
    code.refresh_from_db()
    assert (code.scan_count, code.device_count, code.first_scanned_at, code.first_device) == (1, 1, NOW, ME)
    kept = Scan.objects.get()
    assert (kept.code_id, kept.at, kept.device, kept.place) == (code.pk, NOW, ME, "山西 太原")


def test_the_same_phone_counts_as_one_phone():
    code = active_code()
    for minute in range(3):
        assert scan(code, minutes=minute).kind is Kind.FIRST
    code.refresh_from_db()
    assert (code.scan_count, code.device_count) == (3, 1)


def test_another_phone_hears_of_the_first():
    code = active_code()
    scan(code)
    assert scan(code, SHE, minutes=5).kind is Kind.AGAIN
    code.refresh_from_db()
    assert (code.scan_count, code.device_count, code.first_device) == (2, 2, ME)


def test_too_many_phones_are_suspicious(settings):
    settings.TRACE_SUSPICIOUS_DEVICES = 3
    code = active_code()
    kinds = [scan(code, f"{phone:032d}", minutes=phone).kind for phone in range(4)]
    assert kinds == [Kind.FIRST, Kind.AGAIN, Kind.AGAIN, Kind.SUSPICIOUS]


def test_an_unknown_serial_records_nothing():
    with pytest.raises(UnknownCode):
        record_scan(serial="7KQXM3RTW9HV4CND", device=ME, place=None, at=NOW)
    assert not Scan.objects.exists()


def test_looking_later_tells_the_newest_scans_and_records_nothing():
    code = active_code()
    for minute, phone in enumerate([ME, SHE, SHE, ME]):
        scan(code, phone, minutes=minute)
    code = with_newest_scans(Code.objects.select_related("batch")).get()
    verdict = verdict_on(code, device=SHE, at=NOW + timedelta(hours=1))
    assert (verdict.kind, verdict.scan_count, verdict.first_was_yours) == (Kind.AGAIN, 4, False)
    told = newest_scans(code, device=SHE)
    assert [scan.at for scan in told] == [NOW + timedelta(minutes=minute) for minute in (1, 2, 3)]
    assert [scan.own for scan in told] == [True, True, False]
    assert Scan.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_of_many_phones_at_one_instant_exactly_one_is_first():
    phones, kinds, start = 12, [], threading.Barrier(12)
    code = active_code()

    def look(phone):
        try:
            start.wait()
            kinds.append(scan(code, f"{phone:032d}").kind)
        finally:
            connection.close()

    threads = [threading.Thread(target=look, args=(phone,)) for phone in range(phones)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(kinds) == sorted([Kind.FIRST] + [Kind.AGAIN] * (phones - 1))
    code = Code.objects.get()
    assert (code.scan_count, code.device_count, Scan.objects.count()) == (phones, phones, phones)
    assert Scan.objects.filter(device=code.first_device).exists()


@pytest.mark.django_db(transaction=True)
def test_a_new_phone_that_scans_twice_at_once_is_counted_once():
    code, start = active_code(), threading.Barrier(4)
    scan(code, SHE)

    def look():
        try:
            start.wait()
            scan(code, ME)
        finally:
            connection.close()

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    code.refresh_from_db()
    assert (code.scan_count, code.device_count) == (5, 2)


def test_a_scan_before_activation_is_kept_but_is_never_the_first():
    batch = sellable_batch()
    serial = issue_codes(product=batch.product, batch=batch, quantity=1, at=NOW)[0]
    code = Code.objects.get(serial=serial)
    assert [scan(code, SHE, minutes=minute).kind for minute in (-9, -8)] == [Kind.INACTIVE] * 2
    code.refresh_from_db()
    assert (code.scan_count, code.device_count, code.first_scanned_at, code.first_device) == (0, 0, None, "")
    activate_codes(batch=batch, at=NOW)
    assert scan(code, ME, minutes=1).kind is Kind.FIRST
    assert scan(code, SHE, minutes=2).kind is Kind.AGAIN
    code = with_newest_scans(Code.objects.select_related("batch")).get()
    assert (code.scan_count, code.device_count, code.first_device) == (2, 2, ME)
    assert len(newest_scans(code, device=SHE)) == 2
    assert Scan.objects.count() == 4
