"""A code is made, printed, bound and activated only under a licence in force, and counts against it."""

from datetime import date
from io import BytesIO
from threading import Event, Thread
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from brand.licences.acts import suspend_licence
from brand.licences.drawing import QuotaExceeded, draw_codes
from brand.models import Act, Licence, LicenceProduct
from record.codes import issuing
from record.codes.activation import activate_codes, activate_selection
from record.codes.binding import bind_codes
from record.codes.issuing import issue_codes
from record.codes.printing import print_labels
from record.codes.refusals import CodesRefused
from record.codes.run_printing import print_run
from record.codes.runs import make_run
from record.codes.selections import listed, of_run
from record.codes.voiding import void_codes
from record.models import Code, CodeAct, Printing, PrintRun
from tests.factories.brand import LicenceFactory, ProductFactory
from tests.factories.record import NOW, BatchFactory, sellable_batch

pytestmark = pytest.mark.django_db


def cover(product) -> LicenceProduct:
    return LicenceProduct.objects.get(product=product)


def limited(quantity: int, **facts):
    product = ProductFactory(**facts)
    LicenceProduct.objects.filter(product=product).update(quantity=quantity)
    return product


def suspend(product) -> None:
    Licence.objects.filter(products=product).update(state=Licence.State.SUSPENDED)


# --- rights -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "facts",
    [
        None,
        {"state": Licence.State.SUSPENDED},
        {"state": Licence.State.REVOKED},
        {"valid_to": date(2026, 11, 19)},
        {"valid_from": date(2026, 11, 21)},
    ],
)
def test_without_a_licence_in_force_no_code_is_made(facts) -> None:
    product = ProductFactory(licensed=False)
    if facts:
        LicenceFactory(member=product.member, products=[product], **facts)
    with pytest.raises(CodesRefused, match="潞城大葱"):
        issue_codes(product=product, quantity=1, at=NOW)
    with pytest.raises(CodesRefused, match="潞城大葱"):
        make_run(product=product, quantity=1, at=NOW)
    assert not Code.objects.exists() and not PrintRun.objects.exists() and not CodeAct.objects.exists()


def test_a_suspended_licence_stops_labels_binding_and_activation_too() -> None:
    batch = sellable_batch()
    run = make_run(product=batch.product, quantity=2, at=NOW)
    bound = make_run(product=batch.product, batch=batch, quantity=2, at=NOW)
    suspend(batch.product)
    for act in (
        lambda: print_run(run=run, kind="csv", out=BytesIO(), at=NOW),
        lambda: print_labels(batch=batch, kind="csv", out=BytesIO(), at=NOW),
        lambda: bind_codes(batch=batch, codes=of_run(run), at=NOW),
        lambda: activate_codes(batch=batch, at=NOW),
        lambda: activate_selection(codes=of_run(bound), at=NOW),
    ):
        with pytest.raises(CodesRefused, match=r"暂停|suspended"):
            act()
    assert not Printing.objects.exists()
    assert set(run.codes.values_list("state", flat=True)) == {Code.State.ISSUED}
    assert set(bound.codes.values_list("state", flat=True)) == {Code.State.BOUND}


def test_the_command_says_the_same() -> None:
    product = ProductFactory(licensed=False)
    with pytest.raises(CommandError, match="潞城大葱"):
        call_command("issue_codes", product.gtin, "--quantity", "3")
    assert not Code.objects.exists()


def test_codes_in_use_stay_good_when_the_licence_ends() -> None:
    batch = sellable_batch()
    issue_codes(product=batch.product, batch=batch, quantity=1, at=NOW)
    activate_codes(batch=batch, at=NOW)
    suspend(batch.product)
    assert Code.objects.get().state == Code.State.ACTIVATED


# --- quantity ---------------------------------------------------------------------------------------------


def test_codes_count_against_the_quantity_and_no_more_are_made() -> None:
    product = limited(5)
    issue_codes(product=product, quantity=3, at=NOW)
    assert cover(product).codes_left == 2
    with pytest.raises(CodesRefused, match="2"):
        make_run(product=product, quantity=3, at=NOW)
    assert cover(product).codes_drawn == Code.objects.count() == 3
    make_run(product=product, quantity=2, at=NOW)
    assert cover(product).codes_left == 0


def test_without_a_quantity_codes_are_counted_all_the_same() -> None:
    product = ProductFactory()
    issue_codes(product=product, quantity=7, at=NOW)
    assert (cover(product).codes_drawn, cover(product).codes_left) == (7, None)


def test_a_run_keeps_the_licence_it_was_drawn_under() -> None:
    product = ProductFactory()
    run = make_run(product=product, quantity=1, at=NOW)
    run.refresh_from_db()
    assert run.licence == product.licences.get()


def test_of_two_draws_that_saw_the_same_room_the_second_is_refused() -> None:
    row = cover(limited(5))
    seen_by_the_other = LicenceProduct.objects.get(pk=row.pk)
    draw_codes(row, 3)
    with pytest.raises(QuotaExceeded) as refused:
        draw_codes(seen_by_the_other, 3)
    assert refused.value.left == 2
    assert cover(row.product).codes_drawn == 3


def test_a_run_that_fails_draws_nothing(monkeypatch) -> None:
    product = limited(10)
    monkeypatch.setattr(issuing, "_insert", lambda *args, **facts: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        make_run(product=product, quantity=3, at=NOW)
    assert cover(product).codes_drawn == 0


def test_the_same_form_sent_twice_makes_one_run() -> None:
    product, request = limited(10), uuid4()
    first = make_run(product=product, quantity=4, at=NOW, request=request)
    assert make_run(product=product, quantity=4, at=NOW, request=request) == first
    assert cover(product).codes_drawn == 4


# --- what is given back -----------------------------------------------------------------------------------


def test_a_code_voided_before_it_was_printed_gives_its_place_back() -> None:
    product = limited(10)
    run = make_run(product=product, batch=BatchFactory(product=product), quantity=6, at=NOW)
    void_codes(codes=of_run(run), reason="批号写错", at=NOW)
    assert cover(product).codes_left == 10


def test_a_label_that_was_printed_carried_the_brand() -> None:
    product = limited(10)
    run = make_run(product=product, quantity=6, at=NOW)
    print_run(run=run, kind="csv", out=BytesIO(), at=NOW)
    void_codes(codes=of_run(run), reason="卷纸受潮", at=NOW)
    assert cover(product).codes_left == 4


def test_a_code_without_a_run_counts_as_printed() -> None:
    product = limited(10)
    issue_codes(product=product, quantity=2, at=NOW)
    serials = Code.objects.values_list("serial", flat=True)
    void_codes(codes=listed(serials), reason="试机", at=NOW)
    assert cover(product).codes_left == 8


def test_nothing_is_given_back_twice() -> None:
    product = limited(10)
    run = make_run(product=product, quantity=6, at=NOW)
    some = list(run.codes.values_list("serial", flat=True)[:2])
    void_codes(codes=listed(some), reason="批号写错", at=NOW)
    void_codes(codes=of_run(run), reason="都不要了", at=NOW)
    assert cover(product).codes_left == 10


# --- a suspension that arrives while codes are made -------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_suspension_stops_a_run_that_is_being_made(monkeypatch) -> None:
    """The run has written portions when the officer suspends from another connection; nothing of it stays."""
    monkeypatch.setattr(issuing, "_CHUNK", 50)
    product = limited(10_000)
    licence = product.licences.get()
    asked, outcome = Event(), []

    def suspend_now() -> None:
        asked.wait(10)
        try:
            mine = Licence.objects.select_related("member", "region").get(pk=licence.pk)
            suspend_licence(licence=mine, reason="抽检没过", by=None, at=NOW)
            outcome.append("suspended")
        finally:
            connection.close()

    officer = Thread(target=suspend_now)
    officer.start()

    def wait_for_the_officer(done: int) -> None:
        asked.set()
        officer.join(0.05)  # on SQLite the officer waits for us, so we cannot wait for the officer

    with pytest.raises(CodesRefused, match=licence.number):
        make_run(product=product, quantity=5_000, at=NOW, progress=wait_for_the_officer)
    officer.join(20)
    assert outcome == ["suspended"]
    assert not Code.objects.exists() and not PrintRun.objects.exists()
    assert cover(product).codes_drawn == 0
    licence.refresh_from_db()
    assert licence.state == Licence.State.SUSPENDED
    assert Act.objects.get().verb == "suspended"
