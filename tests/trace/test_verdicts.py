"""What somebody who scans may believe: policy without a database."""

import pytest

from record.scans.verdicts import Facts, Kind, judge

ME, SHE = "a" * 32, "b" * 32


def facts(**known):
    base = {"state": "activated", "recalled": False, "scan_count": 0, "device_count": 0, "first_device": ""}
    return Facts(**{**base, "device": ME, **known})


def verdict(**known):
    return judge(facts(**known), most_devices=10)


def test_the_first_phone_is_told_so():
    found = verdict(scan_count=1, device_count=1, first_device=ME)
    assert (found.kind, found.yours) == (Kind.FIRST, True)


def test_the_same_phone_again_is_still_the_first():
    assert verdict(scan_count=5, device_count=1, first_device=ME).kind is Kind.FIRST


def test_another_phone_is_told_it_was_scanned_before():
    found = verdict(scan_count=2, device_count=2, first_device=SHE)
    assert (found.kind, found.first_was_yours) == (Kind.AGAIN, False)


def test_the_first_phone_is_told_of_others_after_it():
    found = verdict(scan_count=2, device_count=2, first_device=ME)
    assert (found.kind, found.first_was_yours) == (Kind.AGAIN, True)


def test_a_code_nobody_scanned_is_genuine_and_nobody_was_first():
    found = verdict()
    assert (found.kind, found.yours) == (Kind.FIRST, False)


def test_a_phone_without_cookies_is_not_told_of_its_own_scan_a_moment_ago():
    just_now = verdict(scan_count=1, device_count=1, first_device=SHE, device="", just_scanned=True)
    later = verdict(scan_count=1, device_count=1, first_device=SHE, device="")
    assert (just_now.kind, later.kind) == (Kind.FIRST, Kind.AGAIN)


@pytest.mark.parametrize("state", ["issued", "printed", "bound"])
def test_a_code_not_in_use_is_not_genuine(state):
    found = verdict(state=state)
    assert found.kind is Kind.INACTIVE
    assert not found.genuine


def test_a_sold_code_is_genuine():
    assert verdict(state="sold").genuine


def test_too_many_phones_are_suspicious_and_one_fewer_is_not():
    assert verdict(scan_count=11, device_count=11, first_device=SHE).kind is Kind.SUSPICIOUS
    assert verdict(scan_count=99, device_count=10, first_device=SHE).kind is Kind.AGAIN


def test_what_was_decided_comes_before_what_scans_suggest():
    assert verdict(recalled=True, device_count=99, scan_count=99).kind is Kind.RECALLED
    assert verdict(state="voided", recalled=True).kind is Kind.VOIDED
    assert verdict(state="bound", recalled=True).kind is Kind.RECALLED
