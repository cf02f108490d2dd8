"""Claims: who may ask for what until when, what is answered, what silence does, where the money goes."""

from datetime import timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from brand.acts.models import acts_on
from notices.models import Notice
from record.models import Code
from shop.aftersales.answering import NoReason, agree, refuse
from shop.aftersales.arbitrating import grant, reject
from shop.aftersales.deadlines import keep_deadlines
from shop.aftersales.making import Asked, NotClaimable, make_claim
from shop.aftersales.models import Claim
from shop.aftersales.objecting import object_to, withdraw
from shop.aftersales.sending_back import came_back, dispute_return, sent_back
from shop.aftersales.states import NotYourTurn
from shop.aftersales.terms import lay_down
from shop.aftersales.windows import ways_for
from shop.partner.models import StockRecord
from shop.payments.models import Refund
from shop.stock.reserving import SoldOut
from tests.factories.accounts import UserFactory
from tests.factories.claims import DELIVERED, HOUR, claim, money_back, received_line, sent_line
from tests.factories.fulfilment import NOW
from tests.factories.orders import order_of
from tests.factories.shop import ArticleFactory

pytestmark = pytest.mark.django_db
LATER = DELIVERED + 2 * HOUR


@pytest.fixture(autouse=True)
def _sandbox(settings) -> None:
    settings.PAYMENT_SANDBOX = True


def open_kinds(line, *, at) -> set[str]:
    return {way.kind.value for way in ways_for(line, at=at).ways if way.is_open}


def stock(line) -> tuple[int, int]:
    record = StockRecord.objects.get(pk=line.stockrecord_id)
    return record.num_in_stock, record.num_allocated or 0


def test_what_can_be_asked_for_follows_the_days_since_receipt() -> None:
    line, _codes = received_line()
    assert open_kinds(line, at=LATER) == {"spoilage", "refund", "return", "exchange"}
    assert open_kinds(line, at=DELIVERED + timedelta(hours=49)) == {"refund", "return", "exchange"}
    after_a_week = ways_for(line, at=DELIVERED + timedelta(days=8))
    assert "no_reason" not in after_a_week.way("return").reasons
    assert open_kinds(line, at=DELIVERED + timedelta(days=16)) == set()


def test_what_is_on_its_way_can_only_be_missed() -> None:
    line, _codes = sent_line()
    ways = ways_for(line, at=NOW + 5 * HOUR)
    assert [way.kind for way in ways.ways if way.is_open] == ["refund"]
    assert ways.way("refund").reasons == ("not_arrived",)


def test_nothing_sent_is_cancelled_not_claimed() -> None:
    order = order_of((ArticleFactory(), 1))
    ways = ways_for(order.lines.get(), at=LATER)
    assert not ways.any_open and "取消" in ways.why_none


def test_fresh_goods_are_not_sent_back_without_a_reason_as_told_when_they_were_bought() -> None:
    line, _codes = received_line()
    lay_down(terms="perishable", since=NOW - HOUR, by=None, kind=line.product.product_class)
    assert "no_reason" not in ways_for(line, at=LATER).way("return").reasons
    with pytest.raises(NotClaimable):
        claim(line, "return", at=LATER)
    lay_down(terms="seven_days", since=NOW - HOUR, by=None, article=line.product)
    assert "no_reason" in ways_for(line, at=LATER).way("return").reasons


def test_terms_laid_down_later_change_nothing_for_an_order() -> None:
    line, _codes = received_line()
    lay_down(terms="perishable", since=LATER, by=None, article=line.product)
    assert "no_reason" in ways_for(line, at=LATER).way("return").reasons


def test_spoiled_food_is_paid_and_never_sent_back() -> None:
    line, codes = received_line()
    made = claim(line, code=codes[0])
    assert made.due_at == made.made_at + timedelta(hours=24)
    agree(claim=made, at=LATER, by=None)
    assert (made.state, made.amount) == ("refunding", Decimal("39.80"))
    assert money_back(line) == Decimal("39.80")
    line.refresh_from_db()
    assert (line.refunded_quantity, stock(line)[0]) == (1, 8)
    Refund.objects.update(done_at=LATER)
    keep_deadlines(at=LATER + HOUR)
    made.refresh_from_db()
    assert made.state == "settled" and made.closed_at


def test_a_part_of_the_price_leaves_the_goods_with_the_buyer() -> None:
    line, _codes = received_line()
    made = claim(line, "refund", amount=Decimal("12.50"))
    agree(claim=made, at=LATER, by=None)
    line.refresh_from_db()
    assert (money_back(line), line.refunded_quantity) == (Decimal("12.50"), 0)


@pytest.mark.parametrize(
    "asked",
    [
        {"quantity": 3},
        {"quantity": 0},
        {"quantity": -1},
        {"amount": Decimal("39.81")},
        {"amount": Decimal("-5")},
        {"reason": "no_reason"},
    ],
)
def test_more_than_there_is_cannot_be_asked_for(asked) -> None:
    line, _codes = received_line()
    with pytest.raises(NotClaimable):
        claim(line, "refund", **asked)
    assert not Claim.objects.exists()


def test_a_spoiled_thing_is_shown() -> None:
    line, _codes = received_line()
    with pytest.raises(NotClaimable, match="照片"):
        make_claim(line=line, asked=Asked("spoilage", "spoiled", 1), photos=[], at=LATER)


def test_one_claim_at_a_time() -> None:
    line, _codes = received_line()
    made = claim(line)
    with pytest.raises(NotClaimable):
        claim(line, "refund")
    withdraw(claim=made, at=LATER)
    assert claim(line, "refund", at=LATER + HOUR).state == "open"


def test_a_return_goes_its_way_and_is_paid_when_it_is_back() -> None:
    line, codes = received_line()
    made = claim(line, "return")
    agree(claim=made, at=LATER, by=None, return_to="张家河合作社 0355-000 0001")
    assert (made.state, money_back(line)) == ("returning", 0)
    sent_back(claim=made, carrier="邮政", waybill="EA123", at=LATER + HOUR)
    came_back(claim=made, good=True, serials=(codes[0].serial,), at=LATER + 2 * HOUR, by=None)
    assert made.state == "refunding"
    assert (money_back(line), stock(line)) == (Decimal("39.80"), (9, 0))
    assert Code.objects.get(pk=codes[0].pk).state == Code.State.ACTIVATED
    with pytest.raises(NotYourTurn):
        came_back(claim=made, good=True, at=LATER + 3 * HOUR, by=None)
    assert (money_back(line), stock(line)) == (Decimal("39.80"), (9, 0))


def test_a_return_without_an_address_is_refused_and_changes_nothing() -> None:
    line, _codes = received_line()
    made = claim(line, "return")
    with pytest.raises(NoReason):
        agree(claim=made, at=LATER, by=None)
    made.refresh_from_db()
    assert made.state == "open"


def test_an_exchange_sends_another_one() -> None:
    line, _codes = received_line()
    made = claim(line, "exchange")
    agree(claim=made, at=LATER, by=None, return_to="张家河合作社")
    sent_back(claim=made, carrier="", waybill="EA124", at=LATER + HOUR)
    came_back(claim=made, good=False, at=LATER + 2 * HOUR, by=None)
    assert made.state == "resending" and made.replacement.kind == "exchange"
    assert (money_back(line), stock(line)) == (0, (8, 1))


def test_with_nothing_left_an_exchange_stays_where_it_was() -> None:
    line, _codes = received_line()
    made = claim(line, "exchange")
    agree(claim=made, at=LATER, by=None, return_to="张家河合作社")
    sent_back(claim=made, carrier="", waybill="EA124", at=LATER + HOUR)
    StockRecord.objects.filter(pk=line.stockrecord_id).update(num_allocated=8)
    with pytest.raises(SoldOut):
        came_back(claim=made, good=False, at=LATER + 2 * HOUR, by=None)
    made.refresh_from_db()
    assert (made.state, made.came_back_at, stock(line)) == ("back", None, (8, 8))


def test_a_refusal_goes_before_the_office_which_has_the_last_word() -> None:
    line, _codes = received_line()
    operator = UserFactory()
    made = claim(line)
    with pytest.raises(NoReason):
        refuse(claim=made, reason=" ", at=LATER, by=None)
    refuse(claim=made, reason="照片看不出坏了", at=LATER, by=None)
    object_to(claim=made, words="再看看第二张", at=LATER + HOUR)
    grant(claim=made, amount=Decimal("20.00"), note="坏了一半，退一半", at=LATER + 2 * HOUR, by=operator)
    assert (made.state, money_back(line)) == ("refunding", Decimal("20.00"))
    assert [act.verb for act in acts_on(made)] == ["made", "refused", "objected", "paid"]
    with pytest.raises(NotYourTurn):
        reject(claim=made, reason="x", at=LATER + 3 * HOUR, by=operator)


def test_the_seller_cannot_grant_less_than_was_asked() -> None:
    line, _codes = received_line()
    made = claim(line)
    with pytest.raises(NoReason):
        agree(claim=made, amount=Decimal("1.00"), at=LATER, by=None)
    assert (Claim.objects.get().state, money_back(line)) == ("open", 0)


def test_what_came_back_wrong_is_disputed() -> None:
    line, _codes = received_line()
    made = claim(line, "return")
    agree(claim=made, at=LATER, by=None, return_to="张家河合作社")
    sent_back(claim=made, carrier="", waybill="EA125", at=LATER + HOUR)
    dispute_return(claim=made, reason="寄回来的是萝卜", at=LATER + 2 * HOUR, by=None)
    reject(claim=made, reason="照片里是萝卜", at=LATER + 3 * HOUR, by=None)
    assert (made.state, money_back(line)) == ("rejected", 0)


@pytest.mark.parametrize(
    ("days", "state", "then"),
    [
        (3, "open", "office"),
        (9, "refused", "rejected"),
        (9, "returning", "withdrawn"),
        (9, "back", "refunding"),
    ],
)
def test_silence_moves_a_claim_on(days: int, state: str, then: str) -> None:
    line, _codes = received_line()
    made = claim(line, "return")
    if state == "refused":
        refuse(claim=made, reason="没坏", at=LATER, by=None)
    if state in {"returning", "back"}:
        agree(claim=made, at=LATER, by=None, return_to="张家河合作社")
    if state == "back":
        sent_back(claim=made, carrier="", waybill="EA126", at=LATER)
    keep_deadlines(at=LATER + HOUR)
    made.refresh_from_db()
    assert made.state == state  # too early
    keep_deadlines(at=LATER + timedelta(days=days))
    made.refresh_from_db()
    assert made.state == then
    assert money_back(line) == (Decimal("39.80") if then == "refunding" else 0)


def test_seller_and_buyer_are_told() -> None:
    line, _codes = received_line()
    seller = UserFactory()
    line.partner.users.add(seller)
    made = claim(line)
    assert Notice.objects.filter(kind="claim_made", user=seller).count() == 1
    agree(claim=made, at=LATER, by=seller, note="对不住，退你")
    told = Notice.objects.get(kind="claim_answered", channel="sms")
    assert told.address == line.order.phone and "对不住" in told.text


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_counts_and_the_money_goes_back_once() -> None:
    line, _codes = received_line()
    made = claim(line)
    gate, lost = Barrier(2), []

    def answer() -> None:
        mine = Claim.objects.select_related("line__order").get(pk=made.pk)
        gate.wait()
        try:
            agree(claim=mine, at=LATER, by=None)
        except Exception as error:
            lost.append(type(error))
        finally:
            connections.close_all()

    threads = [Thread(target=answer) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(lost) == 1, connection.vendor
    assert lost[0].__name__ in {"NotYourTurn", "NotRefundable"}
    assert (Refund.objects.count(), money_back(line)) == (1, Decimal("39.80"))
