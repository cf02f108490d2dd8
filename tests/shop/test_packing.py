"""Packing: the right package, once, in the right parcel; everything else is refused in words."""

import pytest
from django.db import connections

from brand.models import Licence
from record.codes.voiding import void_code
from record.models import Code, CodeAct, Event
from record.recall.act import recall_batch
from record.recall.parcels import parcels_with
from shop.fulfilment.models import Consignment, Parcel, ParcelCode
from shop.fulfilment.packing import (
    add_code,
    add_without_code,
    begin_parcel,
    give_up_parcel,
    take_out_code,
    take_out_uncoded,
)
from shop.fulfilment.refusals import AlreadyLeft, NotPacked, NotSent
from shop.fulfilment.sending import send_parcel
from shop.fulfilment.splitting import send_again, split_order
from shop.fulfilment.stopping import settle_consignments, stop_order
from shop.order.models import Line, Order
from shop.ordering.cancelling import NotCancellable, cancel_order
from shop.partner.models import StockRecord
from shop.stock.reserving import reserve
from tests.factories.fulfilment import NOW, article_with_codes, packed, sent, the_consignment, to_send
from tests.factories.record import active_code
from tests.factories.shop import ArticleFactory

pytestmark = pytest.mark.django_db


def test_an_order_is_split_by_seller_and_only_once():
    one, other = ArticleFactory(), ArticleFactory()
    order = to_send((one, 2), (other, 1))
    consignments = list(order.consignments.order_by("pk"))
    assert [consignment.lines.get().quantity for consignment in consignments] == [2, 1]
    assert len({consignment.partner for consignment in consignments}) == 2
    assert [one.pk for one in split_order(order=order, at=NOW)] == [one.pk for one in consignments]
    assert order.state == Order.State.TO_SEND


def test_packages_go_in_by_their_codes_however_they_are_typed():
    article, codes = article_with_codes(3)
    parcel = packed(the_consignment(to_send((article, 3))), codes[:1])
    add_code(parcel=parcel, text=f"HTTPS://EXAMPLE.ORG/T/{codes[1].serial}", at=NOW)
    spaced = " ".join(codes[2].serial[start : start + 4] for start in range(0, 16, 4)).lower()
    add_code(parcel=parcel, text=spaced, at=NOW)
    assert parcel.lines.get().quantity == parcel.codes.count() == 3
    assert {code.state for code in Code.objects.all()} == {Code.State.ACTIVATED}  # nothing is sold yet


def refused(parcel: Parcel, text: str) -> str:
    """Return why a package was refused; nothing changed."""
    before = list(ParcelCode.objects.values()), list(parcel.lines.values())
    with pytest.raises(NotPacked) as error:
        add_code(parcel=parcel, text=text, at=NOW)
    assert (list(ParcelCode.objects.values()), list(parcel.lines.values())) == before
    return str(error.value)


def test_what_may_not_go_in_is_refused_in_words():
    article, codes = article_with_codes(2)
    parcel = packed(the_consignment(to_send((article, 2))), codes[:1])
    assert "已经在这个包裹里" in refused(parcel, codes[0].serial)
    stranger = active_code()
    assert stranger.product.name in refused(parcel, stranger.serial)
    assert "没有发过" in refused(parcel, "2" * 16)
    assert "16" in refused(parcel, "ABC")
    assert refused(parcel, article.brand_product.gtin)  # the code of a product, not of a package
    void_code(serial=codes[1].serial, reason="标签破损", at=NOW)
    assert "标签破损" in refused(parcel, codes[1].serial)
    waiting = active_code(codes[0].batch)
    Code.objects.filter(pk=waiting.pk).update(state=Code.State.BOUND)
    assert "激活" in refused(parcel, waiting.serial)


def test_one_too_many_and_one_from_another_parcel_are_refused():
    article, codes = article_with_codes(3)
    first = packed(the_consignment(to_send((article, 1))), codes[:1])
    other = packed(the_consignment(to_send((article, 2))), [codes[1]])
    assert first.number in refused(other, codes[0].serial)
    assert "多" in refused(first, codes[2].serial)


def test_a_recalled_batch_stays_at_home_even_when_it_lies_in_the_parcel():
    article, codes = article_with_codes(2)
    order = to_send((article, 2))
    parcel = packed(the_consignment(order), codes[:1])
    recall_batch(batch=codes[0].batch, reason="抽检不合格", at=NOW)
    assert "召回" in refused(parcel, codes[1].serial)
    with pytest.raises(NotSent, match="召回"):
        send_parcel(parcel=parcel, carrier="county", at=NOW, by=None)
    parcel.refresh_from_db()
    assert parcel.state == Parcel.State.PACKING
    assert Code.objects.filter(state=Code.State.SOLD).count() == 0
    assert StockRecord.objects.get().num_in_stock == 10


def test_what_was_put_in_can_be_taken_out_and_the_parcel_given_up():
    article, codes = article_with_codes(2)
    parcel = packed(the_consignment(to_send((article, 2))), codes)
    take_out_code(parcel=parcel, code=codes[0])
    assert parcel.lines.get().quantity == 1
    with pytest.raises(NotPacked):
        take_out_code(parcel=parcel, code=codes[0])
    give_up_parcel(parcel=parcel)
    assert not ParcelCode.objects.exists()
    again = begin_parcel(consignment=parcel.consignment, at=NOW, by=None)
    assert add_code(parcel=again, text=codes[1].serial, at=NOW)


def test_goods_without_codes_are_counted_only():
    parcel = packed(the_consignment(to_send((ArticleFactory(), 3))), [])
    line = parcel.consignment.lines.get()
    with pytest.raises(NotPacked):
        add_without_code(parcel=parcel, line=line, quantity=4)
    add_without_code(parcel=parcel, line=line, quantity=2)
    take_out_uncoded(parcel=parcel, line=line)
    add_without_code(parcel=parcel, line=line, quantity=3)
    assert send_parcel(parcel=parcel, carrier="county", at=NOW, by=None).state == Parcel.State.HANDED_OVER


def test_a_parcel_leaves_with_everything_that_follows(django_capture_on_commit_callbacks):
    article, codes = article_with_codes(2)
    order = to_send((article, 2))
    with django_capture_on_commit_callbacks(execute=True):
        parcel = sent(order, codes)
    order.refresh_from_db()
    assert (order.state, parcel.state) == (Order.State.SENT, Parcel.State.HANDED_OVER)
    assert parcel.waybill.startswith("140406") and len(parcel.waybill) == 15
    assert {code.state for code in Code.objects.all()} == {Code.State.SOLD}
    stock = StockRecord.objects.get()
    assert (stock.num_in_stock, stock.num_allocated) == (8, 0)
    assert Line.objects.get().sent_quantity == 2
    assert the_consignment(order).state == Consignment.State.SENT
    event = codes[0].batch.events.get()
    assert (event.stage, event.step, event.responsible) == (
        Event.Stage.SALE,
        Event.Step.SELLING,
        article.brand_product.member,
    )
    act = CodeAct.objects.get(kind=CodeAct.Kind.SELL)
    assert (act.count, act.reason) == (2, parcel.number)
    assert parcel.events.get().state == Parcel.State.HANDED_OVER


def test_the_record_says_it_once_a_day_however_many_parcels_leave():
    article, codes = article_with_codes(2)
    for code in codes:
        sent(to_send((article, 1)), [code])
    assert codes[0].batch.events.filter(stage=Event.Stage.SALE).count() == 1


def test_part_of_an_order_leaves_first_and_the_rest_follows():
    article, codes = article_with_codes(3)
    order = to_send((article, 3))
    sent(order, codes[:1])
    order.refresh_from_db()
    assert order.state == Order.State.PARTLY_SENT
    second = sent(order, codes[1:])
    order.refresh_from_db()
    assert order.state == Order.State.SENT
    assert second.number.endswith("-2")
    with pytest.raises(NotPacked):
        begin_parcel(consignment=the_consignment(order), at=NOW, by=None)


def test_packages_with_codes_are_scanned_or_it_is_said_why_not():
    article, codes = article_with_codes(2)
    parcel = packed(the_consignment(to_send((article, 2))), codes[:1])
    add_without_code(parcel=parcel, line=parcel.consignment.lines.get(), quantity=1)
    with pytest.raises(NotSent, match=article.title):
        send_parcel(parcel=parcel, carrier="county", at=NOW, by=None)
    assert send_parcel(parcel=parcel, carrier="county", at=NOW, by=None, without_codes="标签泡水")


@pytest.mark.parametrize(
    ("carrier", "waybill"), [("shunfeng", "12"), ("jd", ""), ("nobody", "SF1234567890123")]
)
def test_a_waybill_number_that_cannot_be_is_refused(carrier, waybill):
    article, codes = article_with_codes(1)
    parcel = packed(the_consignment(to_send((article, 1))), codes)
    with pytest.raises(NotSent):
        send_parcel(parcel=parcel, carrier=carrier, waybill=waybill, at=NOW, by=None)
    parcel.refresh_from_db()
    assert parcel.state == Parcel.State.PACKING and not parcel.waybill


def test_a_waybill_stands_on_one_parcel():
    article, codes = article_with_codes(2)
    sent(to_send((article, 1)), codes[:1], carrier="shunfeng", waybill="sf 1234567890123")
    parcel = packed(the_consignment(to_send((article, 1))), codes[1:])
    with pytest.raises(NotSent, match="SF1234567890123"):
        send_parcel(parcel=parcel, carrier="shunfeng", waybill="SF1234567890123", at=NOW, by=None)
    assert Code.objects.filter(state=Code.State.SOLD).count() == 1
    assert StockRecord.objects.get().num_in_stock == 9


def test_a_cancelled_order_is_packed_no_further_and_its_packages_are_free():
    article, codes = article_with_codes(1)
    order = to_send((article, 1))
    parcel = packed(the_consignment(order), codes)
    cancel_order(order=order, reason="不要了", at=NOW)
    assert the_consignment(order).state == Consignment.State.STOPPED
    with pytest.raises(NotPacked):
        add_code(parcel=parcel, text=codes[0].serial, at=NOW)
    with pytest.raises((NotSent, Order.DoesNotExist, Parcel.DoesNotExist)):
        send_parcel(parcel=parcel, carrier="county", at=NOW, by=None)
    assert packed(the_consignment(to_send((article, 1))), codes)


def test_what_has_left_cannot_be_stopped():
    article, codes = article_with_codes(1)
    order = to_send((article, 1))
    sent(order, codes)
    with pytest.raises(AlreadyLeft):
        stop_order(order=order, at=NOW)
    with pytest.raises(NotCancellable):
        cancel_order(order=Order.objects.get(), reason="不要了", at=NOW)
    assert the_consignment(order).state == Consignment.State.SENT


def test_after_part_was_withdrawn_the_rest_is_all_there_is_to_send():
    article, codes = article_with_codes(2)
    order = to_send((article, 2))
    parcel = packed(the_consignment(order), codes)
    Line.objects.update(withdrawn_quantity=1)
    with pytest.raises(NotSent, match="1"):
        send_parcel(parcel=parcel, carrier="county", at=NOW, by=None)
    take_out_code(parcel=parcel, code=codes[1])
    send_parcel(parcel=parcel, carrier="county", at=NOW, by=None)
    assert Order.objects.get().state == Order.State.SENT


def test_when_the_rest_is_withdrawn_the_order_is_sent_with_what_left():
    article, codes = article_with_codes(2)
    order = to_send((article, 2))
    sent(order, codes[:1])
    Line.objects.update(withdrawn_quantity=1)
    settle_consignments(order=order, at=NOW)
    assert Order.objects.get().state == Order.State.SENT
    assert the_consignment(order).state == Consignment.State.SENT


def test_an_exchange_is_packed_like_any_other():
    article, codes = article_with_codes(2)
    order = to_send((article, 1))
    sent(order, codes[:1])
    stock = StockRecord.objects.get()
    reserve(stockrecord=stock, quantity=1)
    line = order.lines.get()
    again = send_again(order=order, partner=line.partner, lines={line: 1}, at=NOW)
    parcel = packed(again, codes[1:])
    send_parcel(parcel=parcel, carrier="county", at=NOW, by=None)
    again.refresh_from_db()
    assert again.state == Consignment.State.SENT
    assert Line.objects.get().sent_quantity == 1
    assert StockRecord.objects.get().num_in_stock == 8


def test_a_recall_finds_the_parcels():
    article, codes = article_with_codes(2)
    parcel = sent(to_send((article, 2)), codes)
    (found,) = parcels_with([codes[0].batch_id])
    assert (found.number, found.recipient) == (parcel.waybill, "王小葱")
    assert set(found.serials) == {code.serial for code in codes}


def test_what_was_sold_under_a_licence_leaves_after_it_was_suspended():
    article, codes = article_with_codes(1)
    order = to_send((article, 1))
    Licence.objects.update(state=Licence.State.SUSPENDED)
    assert sent(order, codes)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_scan_one_package_into_two_parcels_one_is_first(race):
    article, codes = article_with_codes(1)
    parcels = [packed(the_consignment(to_send((article, 1))), []) for _number in range(2)]
    outcome = race(*[lambda one=one: add_code(parcel=one, text=codes[0].serial, at=NOW) for one in parcels])
    assert sorted(type(one).__name__ for one in outcome) == ["NotPacked", "ParcelCode"]
    assert ParcelCode.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_send_one_parcel_one_is_first(race):
    article, codes = article_with_codes(1)
    parcel = packed(the_consignment(to_send((article, 1))), codes)
    outcome = race(*[lambda: send_parcel(parcel=parcel, carrier="county", at=NOW, by=None)] * 2)
    assert sorted(type(one).__name__ for one in outcome) == ["NotSent", "Parcel"]
    assert StockRecord.objects.get().num_in_stock == 9


@pytest.fixture
def race():
    """Return what runs several acts at once and gives back what each returned or raised."""
    from threading import Barrier, Thread

    def run(*acts):
        outcome, start = [], Barrier(len(acts))

        def one(act):
            start.wait()
            try:
                outcome.append(act())
            except Exception as error:
                outcome.append(error)
            finally:
                connections.close_all()

        threads = [Thread(target=one, args=(act,)) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return outcome

    return run
