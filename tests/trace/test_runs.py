"""Print runs: made, printed once, reprinted for a reason, bound and activated whole or in pieces."""

import hashlib
import io
import re

import pypdfium2
import pytest
from django.db import IntegrityError, connection, transaction

from record.codes.activation import activate_selection
from record.codes.binding import bind_codes
from record.codes.pins import RightPin, WrongPin, check_pin
from record.codes.refusals import CodesRefused, NotVoidable
from record.codes.run_printing import Reprint, print_run
from record.codes.runs import NoSuchRun, make_run, run_number
from record.codes.selections import between, listed, of_run
from record.codes.voiding import void_codes
from record.models import Code, CodeAct, Printing, PrintRun, ScratchPin
from tests.factories.accounts import UserFactory
from tests.factories.brand import ProductFactory
from tests.factories.record import NOW, BatchFactory, sellable_batch

pytestmark = pytest.mark.django_db
State, Kind = Code.State, CodeAct.Kind
PHONE = "a" * 32


def run_of(quantity=6, **facts):
    batch = facts.pop("batch", None) or sellable_batch()
    return make_run(product=batch.product, batch=batch, quantity=quantity, at=NOW, **facts)


def ahead(quantity=6):
    """Return a run made for a product, without a batch."""
    return make_run(product=ProductFactory(), quantity=quantity, at=NOW)


def serials(run):
    return list(run.codes.order_by("pk").values_list("serial", flat=True))


def states(run):
    return list(run.codes.order_by("pk").values_list("state", flat=True))


def printed(run, kind="csv", **options):
    out = io.BytesIO()
    made = print_run(run=run, kind=kind, out=out, at=NOW, **options)
    return made, out.getvalue()


def pins_in(table):
    """Return `{serial: PIN}` of a table of labels."""
    rows = [line.split(",") for line in table.decode("utf-8-sig").splitlines()[1:]]
    return {row[0]: row[-1] for row in rows}


def test_a_run_for_a_batch_is_bound_at_once_and_says_who_made_it():
    user = UserFactory()
    run = run_of(by=user, note=" 潞城印刷厂 ")
    assert (run.codes.count(), set(states(run)), run.note) == (6, {State.BOUND}, "潞城印刷厂")
    act = CodeAct.objects.get()
    assert (act.kind, act.count, act.by, act.run, act.batch) == (Kind.ISSUE, 6, user, run, run.batch)
    assert run_number(f" r{run.pk:05d}") == run.pk == run_number(run.number)


@pytest.mark.parametrize("text", ["", "R", "R12x", "LC1", "9" * 20])
def test_what_is_no_number_of_a_run_is_refused(text):
    with pytest.raises(NoSuchRun):
        run_number(text)


@pytest.mark.parametrize(("quantity", "pins"), [(0, 0), (1_000_001, 0), (100_001, 6)])
def test_a_senseless_run_is_refused_and_leaves_nothing(quantity, pins):
    with pytest.raises(CodesRefused):
        run_of(quantity, pins=pins)
    assert not PrintRun.objects.exists()
    assert not Code.objects.exists()


def test_printing_makes_codes_printed_and_keeps_the_checksum():
    run, user = ahead(), UserFactory()
    made, table = printed(run, by=user)
    assert set(states(run)) == {State.PRINTED}
    assert (made.number, made.quantity, made.first, made.last, made.by) == (1, 6, 1, 6, user)
    assert made.sha256 == hashlib.sha256(table).hexdigest()
    assert made.size == len(table)
    assert CodeAct.objects.filter(kind=Kind.PRINT, run=run, count=6).exists()


@pytest.mark.parametrize("kind", ["pdf", "zip"])
def test_the_checksum_is_that_of_the_file_in_every_format(kind):
    made, file = printed(run_of(2), kind)
    assert made.sha256 == hashlib.sha256(file).hexdigest()


def test_a_reprint_needs_a_reason_and_says_which_labels():
    run = run_of()
    printed(run)
    with pytest.raises(Reprint):
        printed(run, reason=" ")
    assert run.printings.count() == 1
    some = serials(run)
    made, table = printed(run, reason="卷纸卡了", only=between(some[3], some[1]))
    assert (made.number, made.first, made.last, made.quantity) == (2, 2, 4, 3)
    assert [line.split(",")[0] for line in table.decode("utf-8-sig").splitlines()[1:]] == some[1:4]
    act = CodeAct.objects.get(kind=Kind.REPRINT)
    assert (act.reason, act.count) == ("卷纸卡了", 3)


def test_labels_of_another_run_are_not_reprinted_with_this_one():
    run, other = run_of(), run_of()
    printed(run)
    with pytest.raises(CodesRefused):
        printed(run, reason="x", only=listed(serials(other)[:1]))
    assert Printing.objects.count() == 1


def test_the_database_keeps_one_first_printing_and_a_reason_for_each_other():
    made, _table = printed(run_of())
    for wrong in ({"number": 1}, {"number": 2, "reason": ""}):
        made.pk = None
        for name, value in wrong.items():
            setattr(made, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            made.save()


def test_of_two_who_print_at_once_the_second_is_refused():
    run = run_of(pins=8)

    class Slow(io.BytesIO):
        def write(self, data):
            if not run.printings.exists():
                self.first = printed(PrintRun.objects.get(pk=run.pk))[1]
            return super().write(data)

    out = Slow()
    with pytest.raises(CodesRefused):
        print_run(run=run, kind="csv", out=out, at=NOW)
    assert run.printings.count() == 1
    activate_selection(codes=of_run(run), at=NOW)
    serial, pin = next(iter(pins_in(out.first).items()))
    assert check_pin(serial=serial, pin=pin, device=PHONE, at=NOW).count == 1


def test_pins_are_printed_and_kept_only_as_hashes():
    run = run_of(pins=8)
    _made, table = printed(run)
    pins = pins_in(table)
    assert len(pins) == 6
    assert all(re.fullmatch(r"\d{8}", pin) for pin in pins.values())
    kept = ScratchPin.objects.filter(code__run=run)
    assert kept.count() == 6
    assert not set(pins.values()) & set(kept.values_list("digest", flat=True))
    activate_selection(codes=of_run(run), at=NOW)
    for serial, pin in pins.items():
        assert isinstance(check_pin(serial=serial, pin=pin, device=PHONE, at=NOW), RightPin)


def test_pins_stand_on_sheets_with_a_scratch_field_and_only_there():
    run = run_of(2, pins=6)
    with pytest.raises(CodesRefused):
        printed(run, "pdf", preset="a4-48")
    assert not ScratchPin.objects.exists()
    _made, file = printed(run, "pdf", preset="a4-24")
    text = pypdfium2.PdfDocument(file)[0].get_textpage().get_text_range()
    assert len(re.findall(r"\b\d{3} ?\d{3}\b", text)) >= 2


def test_a_reprinted_label_has_a_new_pin():
    run = run_of(pins=8)
    _made, table = printed(run)
    serial, old = next(iter(pins_in(table).items()))
    _made, again = printed(run, reason="刮花了", only=listed([serial]))
    new = pins_in(again)[serial]
    activate_selection(codes=of_run(run), at=NOW)
    with pytest.raises(WrongPin):
        check_pin(serial=serial, pin=old, device=PHONE, at=NOW)
    assert check_pin(serial=serial, pin=new, device=PHONE, at=NOW).count == 1


def test_no_label_with_a_pin_is_reprinted_once_its_package_is_in_use():
    run = run_of(pins=8)
    _made, table = printed(run)
    activate_selection(codes=of_run(run), at=NOW)
    with pytest.raises(CodesRefused):
        printed(run, reason="再来一份")
    assert run.printings.count() == 1
    serial, pin = next(iter(pins_in(table).items()))
    assert check_pin(serial=serial, pin=pin, device=PHONE, at=NOW).count == 1


def test_pieces_of_a_roll_are_bound_to_different_batches():
    run = ahead()
    some, first = serials(run), sellable_batch(product=run.product)
    second = sellable_batch(product=run.product)
    assert bind_codes(batch=first, codes=between(some[0], some[2]), at=NOW) == 3
    assert bind_codes(batch=second, codes=listed(some[3:5]), at=NOW) == 2
    assert [first.codes.count(), second.codes.count()] == [3, 2]
    assert states(run) == [State.BOUND] * 5 + [State.ISSUED]
    with pytest.raises(CodesRefused, match=some[0]):
        bind_codes(batch=second, codes=of_run(run), at=NOW)
    assert states(run) == [State.BOUND] * 5 + [State.ISSUED]
    with pytest.raises(CodesRefused, match=some[5]):
        activate_selection(codes=of_run(run), at=NOW)
    assert bind_codes(batch=second, codes=between(some[3], some[5]), at=NOW) == 1
    assert activate_selection(codes=of_run(run), at=NOW) == 6
    assert set(CodeAct.objects.filter(kind=Kind.ACTIVATE).values_list("batch", "count")) == {
        (first.pk, 3),
        (second.pk, 3),
    }


def test_one_batch_that_may_not_be_sold_holds_back_the_whole_act():
    run = ahead(4)
    some, good = serials(run), sellable_batch(product=run.product)
    bad = BatchFactory(product=run.product)
    bind_codes(batch=good, codes=listed(some[:2]), at=NOW)
    bind_codes(batch=bad, codes=listed(some[2:]), at=NOW)
    with pytest.raises(CodesRefused, match=f"{bad.lot}: .*合格证"):
        activate_selection(codes=of_run(run), at=NOW)
    assert set(states(run)) == {State.BOUND}


def test_a_piece_between_two_runs_is_refused():
    with pytest.raises(CodesRefused):
        between(serials(run_of())[0], serials(run_of())[0])


def test_an_unknown_serial_on_a_list_is_named_and_stops_the_act():
    run = run_of()
    with pytest.raises(CodesRefused, match="7KQXM3RTW9HV4CND"):
        listed([serials(run)[0], "7KQXM3RTW9HV4CND"])


def test_voiding_some_leaves_the_others_and_the_file_without_them():
    run = run_of()
    some = serials(run)
    assert void_codes(codes=listed(some[:2]), reason="印糊了", at=NOW) == 2
    with pytest.raises(NotVoidable):
        void_codes(codes=listed(some[:2]), reason="再来", at=NOW)
    with pytest.raises(NotVoidable):
        void_codes(codes=of_run(run), reason="  ", at=NOW)
    with pytest.raises(CodesRefused, match=some[0]):
        activate_selection(codes=listed(some), at=NOW)
    assert activate_selection(codes=of_run(run), at=NOW) == 4
    _made, table = printed(run)
    assert set(pins_in(table)) == set(some[2:])
    assert states(run).count(State.VOIDED) == 2
    assert set(Code.objects.filter(state=State.VOIDED).values_list("void_reason", flat=True)) == {"印糊了"}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="COPY is PostgreSQL's")
def test_copied_codes_of_a_run_belong_to_it():
    run = run_of()
    assert Code.objects.filter(run=run, batch=run.batch).count() == 6
