"""Scratch PINs: right ones told from guesses; guessing is slowed down, stopped, and changes nothing else."""

import io
import threading
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection

from record.batches import mark_changed
from record.codes.activation import activate_selection
from record.codes.pins import (
    WINDOW,
    WRONG_IN_ALL,
    WRONG_IN_AN_HOUR,
    NoPin,
    PinLocked,
    WrongPin,
    check_pin,
    new_pin,
    pin_digest,
    unlock_pin,
)
from record.codes.refusals import CodesRefused
from record.codes.run_printing import print_run
from record.codes.runs import make_run
from record.codes.selections import of_run
from record.codes.voiding import void_codes
from record.models import Code, CodeAct, Scan, ScratchPin
from record.pages import pins as pin_page
from tests.factories.record import NOW, active_code, sellable_batch

pytestmark = pytest.mark.django_db
ME, SHE = "a" * 32, "b" * 32


@pytest.fixture(autouse=True)
def _no_misses():
    cache.clear()


def printed(quantity=1, *, active=True, length=8):
    """Return `{serial: PIN}` of a new run."""
    batch, out = sellable_batch(), io.BytesIO()
    run = make_run(product=batch.product, batch=batch, quantity=quantity, pins=length, at=NOW)
    print_run(run=run, kind="csv", out=out, at=NOW)
    if active:
        activate_selection(codes=of_run(run), at=NOW)
    rows = [line.split(",") for line in out.getvalue().decode("utf-8-sig").splitlines()[1:]]
    return {row[0]: row[-1] for row in rows}


def one(**options):
    return next(iter(printed(**options).items()))


def wrong(pin):
    return f"{(int(pin) + 1) % 10 ** len(pin):0{len(pin)}d}"


def guess(serial, pin, *, minutes=0, device=ME):
    return check_pin(serial=serial, pin=pin, device=device, at=NOW + timedelta(minutes=minutes))


def facts(serial):
    """Return everything of a code that a guess must not change."""
    code = Code.objects.filter(serial=serial).values().get()
    return code, Scan.objects.count(), CodeAct.objects.count()


def test_pins_are_random_digits_of_their_length():
    assert {len(new_pin(6)) for _ in range(50)} == {6}
    assert len({new_pin(8) for _ in range(200)}) > 190


def test_a_hash_says_nothing_without_the_key_and_differs_by_code():
    assert pin_digest(serial="A", pin="123456") != pin_digest(serial="B", pin="123456")
    assert pin_digest(serial="A", pin="123456") != pin_digest(serial="A", pin="123456", secret="another")


def test_the_right_digits_are_counted_and_say_who_was_first():
    serial, pin = one()
    first = guess(serial, f"{pin[:4]} {pin[4:]}")
    assert (first.count, first.first_at, first.again) == (1, NOW, False)
    assert guess(serial, pin, minutes=5).again is False
    other = guess(serial, pin, minutes=9, device=SHE)
    assert (other.count, other.first_at, other.again) == (3, NOW, True)


def test_wrong_digits_change_nothing_but_the_counter():
    serial, pin = one()
    before = facts(serial)
    with pytest.raises(WrongPin) as refused:
        guess(serial, wrong(pin))
    assert refused.value.left == WRONG_IN_AN_HOUR - 1
    kept = ScratchPin.objects.get()
    assert (kept.failures, kept.failures_in_all, kept.right_count, kept.first_right_at) == (1, 1, 0, None)
    assert facts(serial) == before


def test_five_wrong_in_an_hour_close_the_check_even_for_the_right_digits():
    serial, pin = one()
    for minute in range(WRONG_IN_AN_HOUR):
        with pytest.raises(WrongPin):
            guess(serial, wrong(pin), minutes=minute)
    before = ScratchPin.objects.values().get()
    with pytest.raises(PinLocked) as closed:
        guess(serial, pin, minutes=30)
    assert closed.value.until == NOW + timedelta(minutes=WRONG_IN_AN_HOUR - 1) + WINDOW
    assert ScratchPin.objects.values().get() == before
    assert guess(serial, pin, minutes=90).count == 1


def test_twenty_wrong_close_it_until_an_operator_has_looked():
    serial, pin = one()
    for number in range(WRONG_IN_ALL):
        with pytest.raises(WrongPin):
            guess(serial, wrong(pin), minutes=number * 61)
    with pytest.raises(PinLocked) as closed:
        guess(serial, pin, minutes=100_000)
    assert closed.value.until is None
    code = Code.objects.get()
    with pytest.raises(CodesRefused):
        unlock_pin(code=code, reason=" ", at=NOW)
    unlock_pin(code=code, reason="看过了，是买家看不清", at=NOW)
    assert CodeAct.objects.get(kind=CodeAct.Kind.UNLOCK).reason == "看过了，是买家看不清"
    assert guess(serial, pin, minutes=100_001).count == 1


@pytest.mark.parametrize("active", [True, False])
def test_a_code_without_a_pin_or_not_in_use_has_no_check(active):
    if active:
        with pytest.raises(NoPin):
            guess(active_code().serial, "12345678")
        return
    serial, pin = one(active=False)
    with pytest.raises(NoPin):
        guess(serial, pin)
    assert ScratchPin.objects.get().right_count == 0


def test_a_void_code_has_no_check():
    serial, pin = one()
    void_codes(codes=of_run(Code.objects.get().run), reason="印糊了", at=NOW)
    with pytest.raises(NoPin):
        guess(serial, pin)


def test_a_key_that_was_changed_still_knows_the_labels_printed_before(settings):
    serial, pin = one()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "the next one"
    assert guess(serial, pin).count == 1


@pytest.mark.django_db(transaction=True)
def test_many_guesses_at_one_instant_are_all_counted():
    serial, pin = one()
    start, answers = threading.Barrier(8), []

    def look():
        try:
            start.wait()
            guess(serial, wrong(pin))
        except (WrongPin, PinLocked) as error:
            answers.append(type(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (answers.count(WrongPin), answers.count(PinLocked)) == (5, 3)
    assert ScratchPin.objects.get().failures_in_all == 5


def post(client, serial, pin):
    return client.post(f"/trace/{serial}/pin/", {"pin": pin})


def test_the_page_asks_for_the_digits_of_a_package_that_has_some(client):
    serial, _pin = one()
    page = client.get(f"/trace/{serial}/").content.decode()
    assert 'id="pin-digits"' in page
    assert "8 位" in page
    assert 'id="pin-digits"' not in client.get(f"/trace/{active_code().serial}/").content.decode()
    inactive, _pin = one(active=False)
    assert 'id="pin-digits"' not in client.get(f"/trace/{inactive}/").content.decode()


def test_the_page_says_that_the_digits_are_right_and_records_no_scan(client):
    serial, pin = one()
    answer = post(client, serial, pin)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert "数字对" in answer.content.decode()
    assert not Scan.objects.exists()
    client.cookies.clear()
    assert "已经有人" in post(client, serial, pin).content.decode()


@pytest.mark.parametrize("typed", ["", "123", "abcdefgh", "123456789"])
def test_what_cannot_be_the_digits_is_said_without_counting(client, typed):
    serial, _pin = one()
    answer = post(client, serial, typed)
    assert answer.status_code == 400
    assert "8 位" in answer.content.decode()
    assert ScratchPin.objects.get().failures_in_all == 0


def test_guessing_on_the_page_is_answered_with_what_is_left_then_with_the_hour(client):
    serial, pin = one()
    statuses = [post(client, serial, wrong(pin)).status_code for _ in range(WRONG_IN_AN_HOUR)]
    assert statuses == [400] * WRONG_IN_AN_HOUR
    answer = post(client, serial, pin)
    assert answer.status_code == 429
    assert ScratchPin.objects.get().right_count == 0


def test_a_visitor_who_guesses_at_many_packages_is_stopped(client):
    pins = printed(6)
    for serial, pin in list(pins.items())[:5]:
        for _ in range(3):
            post(client, serial, wrong(pin))
    serial, pin = list(pins.items())[5]
    answer = post(client, serial, pin)
    assert (answer.status_code, pin_page.GUESSES.allowed) == (429, 15)
    assert ScratchPin.objects.get(code__serial=serial).right_count == 0


def test_a_check_needs_the_token_of_our_own_page(client):
    serial, pin = one()
    client.handler.enforce_csrf_checks = True
    assert post(client, serial, pin).status_code == 403
    assert ScratchPin.objects.get().right_count == 0


def test_an_unknown_code_is_unknown_to_the_check_too(client):
    assert post(client, "7KQXM3RTW9HV4CND", "12345678").status_code == 404
    assert client.get(f"/trace/{active_code().serial}/pin/").status_code == 405


def test_the_question_costs_the_record_page_no_query(client, django_assert_max_num_queries):
    serial, _pin = one()
    client.get(f"/trace/{serial}/")
    mark_changed(Code.objects.select_related("batch__product__region").get().batch)
    with django_assert_max_num_queries(8):
        client.get(f"/trace/{serial}/")
