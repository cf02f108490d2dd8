"""Cartons: numbered once, packed with one batch, unpacked, replaced; refusals change nothing."""

import threading

import pypdfium2
import pytest
import zxingcpp
from django.db import IntegrityError, connection, transaction

from lib.sscc import parse_sscc
from record.codes.carton_labels import carton_link, print_carton_labels
from record.codes.cartons import make_cartons
from record.codes.packing import pack, pack_in_order, replace, unpack
from record.codes.refusals import CodesRefused
from record.codes.runs import make_run
from record.codes.selections import listed, of_carton, of_run
from record.codes.voiding import void_codes
from record.models import Carton, Code, CodeAct, CompanyPrefix
from tests.factories.record import NOW, BatchFactory, sellable_batch

pytestmark = pytest.mark.django_db
Kind = CodeAct.Kind


@pytest.fixture
def batch():
    CompanyPrefix.objects.create(prefix="69012345")
    return sellable_batch()


def run_of(batch, quantity=6):
    return make_run(product=batch.product, batch=batch, quantity=quantity, at=NOW)


def serials(run):
    return list(run.codes.order_by("pk").values_list("serial", flat=True))


def carton_of(batch, capacity=4):
    return make_cartons(batch=batch, capacity=capacity, count=1, at=NOW)[0]


def test_cartons_are_numbered_one_after_the_other(batch):
    made = make_cartons(batch=batch, capacity=4, count=3, at=NOW)
    numbers = [parse_sscc(carton.sscc) for carton in made]
    assert [number[1:9] for number in numbers] == ["69012345"] * 3
    assert [int(number[9:17]) for number in numbers] == [1, 2, 3]
    assert make_cartons(batch=batch, capacity=4, count=1, at=NOW)[0].sscc[9:17] == "00000004"


def test_the_member_s_own_prefix_goes_before_the_association_s(batch):
    CompanyPrefix.objects.create(prefix="6923456", member=batch.product.member)
    assert carton_of(batch).sscc[1:8] == "6923456"


def test_what_somebody_packs_by_hand_meanwhile_is_not_moved(batch, monkeypatch):
    run = run_of(batch)
    mine = carton_of(batch)

    def make_while_another_packs(**facts):
        pack(carton=mine, codes=listed(serials(run)[:1]), at=NOW)
        return make_cartons(**facts)

    monkeypatch.setattr("record.codes.packing.make_cartons", make_while_another_packs)
    with pytest.raises(CodesRefused):
        pack_in_order(batch=batch, codes=of_run(run), capacity=4, at=NOW)
    assert Carton.objects.count() == 1


def test_without_a_prefix_nothing_is_made():
    with pytest.raises(CodesRefused):
        carton_of(BatchFactory())
    assert not Carton.objects.exists()


@pytest.mark.parametrize(("capacity", "count"), [(0, 1), (1001, 1), (4, 0), (4, 2001)])
def test_a_senseless_carton_is_refused(batch, capacity, count):
    with pytest.raises(CodesRefused):
        make_cartons(batch=batch, capacity=capacity, count=count, at=NOW)
    assert CompanyPrefix.objects.get().next_reference == 1


def test_packages_go_in_and_come_out(batch):
    some, carton = serials(run_of(batch)), carton_of(batch)
    assert pack(carton=carton, codes=listed(some[:3]), at=NOW) == 3
    assert pack(carton=carton, codes=listed(some[:4]), at=NOW) == 1
    assert unpack(carton=carton, codes=listed(some[:1]), reason="压坏了", at=NOW) == 1
    assert set(carton.codes.values_list("serial", flat=True)) == set(some[1:4])
    acts = list(carton.acts.order_by("id").values_list("kind", "count", "reason"))
    assert acts == [(Kind.PACK, 3, ""), (Kind.PACK, 1, ""), (Kind.UNPACK, 1, "压坏了")]
    assert unpack(carton=carton, codes=of_carton(carton), at=NOW) == 3
    assert not carton.codes.exists()


def test_more_than_it_holds_is_refused(batch):
    some, carton = serials(run_of(batch)), carton_of(batch)
    with pytest.raises(CodesRefused):
        pack(carton=carton, codes=listed(some[:5]), at=NOW)
    assert not carton.codes.exists()


def test_what_does_not_belong_in_is_named_and_nothing_goes_in(batch):
    run, carton, other = run_of(batch), carton_of(batch), sellable_batch(product=batch.product)
    some, strange = serials(run), serials(run_of(other))[0]
    void_codes(codes=listed(some[:1]), reason="印糊了", at=NOW)
    pack(carton=carton_of(batch), codes=listed(some[1:2]), at=NOW)
    for wrong in (some[0], some[1], strange):
        with pytest.raises(CodesRefused, match=wrong):
            pack(carton=carton, codes=listed([some[2], wrong]), at=NOW)
    assert not carton.codes.exists()


def test_what_is_not_in_it_does_not_come_out(batch):
    some, carton = serials(run_of(batch)), carton_of(batch)
    pack(carton=carton, codes=listed(some[:2]), at=NOW)
    with pytest.raises(CodesRefused, match=some[2]):
        unpack(carton=carton, codes=listed(some[1:3]), at=NOW)
    assert carton.codes.count() == 2
    with pytest.raises(CodesRefused):
        unpack(carton=carton_of(batch), codes=of_carton(carton_of(batch)), at=NOW)


def test_one_package_takes_the_place_of_another_in_a_full_carton(batch):
    some, carton = serials(run_of(batch)), carton_of(batch)
    pack(carton=carton, codes=listed(some[:4]), at=NOW)
    replace(carton=carton, old=listed(some[:1]), new=listed(some[4:5]), reason="袋子破了", at=NOW)
    assert set(carton.codes.values_list("serial", flat=True)) == set(some[1:5])
    assert Code.objects.get(serial=some[0]).carton is None
    act = carton.acts.get(kind=Kind.REPLACE)
    assert (act.reason, act.serials) == ("袋子破了", [some[0], some[4]])


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [(4, 5, "x"), (0, 1, "x"), (0, 5, " ")],
    ids=["not in", "in already", "no reason"],
)
def test_a_senseless_replacement_changes_nothing(batch, old, new, reason):
    some, carton = serials(run_of(batch)), carton_of(batch)
    pack(carton=carton, codes=listed(some[:4]), at=NOW)
    with pytest.raises(CodesRefused):
        replace(carton=carton, old=listed([some[old]]), new=listed([some[new]]), reason=reason, at=NOW)
    assert set(carton.codes.values_list("serial", flat=True)) == set(some[:4])


def test_a_run_fills_cartons_in_the_order_of_its_labels(batch):
    run = run_of(batch, 10)
    some = serials(run)
    void_codes(codes=listed(some[:1]), reason="样品", at=NOW)
    cartons = pack_in_order(batch=batch, codes=of_run(run), capacity=4, at=NOW)
    inside = [list(one.codes.order_by("pk").values_list("serial", flat=True)) for one in cartons]
    assert inside == [some[1:5], some[5:9], some[9:]]
    with pytest.raises(CodesRefused):
        pack_in_order(batch=batch, codes=of_run(run), capacity=4, at=NOW)
    assert Carton.objects.count() == 3


def test_a_package_without_a_batch_cannot_be_in_a_carton(batch):
    loose = make_run(product=batch.product, quantity=1, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        loose.codes.update(carton=carton_of(batch))


def test_a_label_says_its_number_in_bars_and_as_a_link(batch, tmp_path):
    carton = carton_of(batch)
    with (tmp_path / "carton.pdf").open("wb") as out:
        assert print_carton_labels(Carton.objects.all(), out=out, preset="carton-100x70") == 1
    picture = pypdfium2.PdfDocument(tmp_path / "carton.pdf")[0].render(scale=4, grayscale=True).to_pil()
    read = {code.text for code in zxingcpp.read_barcodes(picture)}
    assert read == {f"(00){carton.sscc}", carton_link(carton.sscc)}


@pytest.mark.django_db(transaction=True)
def test_two_packers_at_one_carton_never_fill_it_beyond_what_it_holds(batch):
    some, carton, start = serials(run_of(batch, 8)), carton_of(batch, 4), threading.Barrier(2)
    refused = []

    def fill(part):
        try:
            start.wait()
            pack(carton=carton, codes=listed(part), at=NOW)
        except CodesRefused as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=fill, args=(part,)) for part in (some[:3], some[3:6])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(refused), carton.codes.count()) == (1, 3)
