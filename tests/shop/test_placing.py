"""Placing an order: whole or not at all, once however often it is sent, the last piece to one buyer."""

from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import connection, connections
from django.utils import timezone

from shop.freight.models import FreightShare, FreightTemplate, FreightZone
from shop.invoices.models import InvoiceRequest
from shop.order.models import Line, Order, ShippingAddress
from shop.ordering.placing import BasketGone, NotAll, NothingToOrder, TotalChanged, place_order
from shop.ordering.wanted import Buyer, Destination, Invoice
from shop.partner.models import StockRecord
from shop.payments.models import Due
from shop.pricing import quote
from shop.stock.reserving import SoldOut, release, reserve
from tests.factories.orders import PHONE, address, basket_of, order_of
from tests.factories.shop import ArticleFactory


def promised(article) -> int:
    return StockRecord.objects.get(product=article).num_allocated or 0


def freight(article, *, first="6", further="2") -> None:
    template = FreightTemplate.objects.create(region=article.brand_product.region, name="普通快递")
    FreightZone.objects.create(template=template, first_charge=first, further_charge=further)


@pytest.mark.django_db
def test_an_order_has_its_lines_its_sum_its_address_and_its_promise() -> None:
    article = ArticleFactory()
    freight(article)
    at = timezone.now()
    wish = Invoice("company", "长治市潞城区葱香食品有限公司", "91140406MA0GTL1234"[:18])
    order = order_of((article, 2), at=at, invoice=wish, note="下午送", key="k" * 20)
    assert (order.state, order.phone, order.delivery) == ("unpaid", PHONE, "parcel")
    assert order.total_incl_tax == Decimal("87.60")  # 2 × 39.80 + 6 + 2
    assert order.shipping_incl_tax == Decimal("8.00")
    line = order.lines.get()
    assert (line.quantity, line.line_price_incl_tax) == (2, Decimal("79.60"))
    assert order.dues.get().amount == Decimal("87.60")
    assert (order.pay_until - at).total_seconds() == 1800
    assert order.shipping_address.district_code == "140406"
    assert order.shipping_address.name == "王小葱"
    assert order.invoice.title.startswith("长治市")
    assert FreightShare.objects.get(order=order).amount == Decimal("8.00")
    assert promised(article) == 2
    assert order.number.isdecimal() and len(order.number) == 14


@pytest.mark.django_db
def test_an_order_costs_few_queries(django_assert_max_num_queries) -> None:
    article = ArticleFactory()
    freight(article)
    basket = basket_of((article, 2))
    at = timezone.now()
    asked = quote(basket, district_code="140406", at=at)
    with django_assert_max_num_queries(14):
        place_order(
            quote=asked, basket=basket, buyer=Buyer(PHONE), destination=Destination(address()),
            region=article.brand_product.region, at=at, key="k",
        )  # fmt: skip


@pytest.mark.django_db
def test_sent_twice_it_is_one_order() -> None:
    article = ArticleFactory()
    basket = basket_of((article, 1))
    at = timezone.now()
    asked = quote(basket, district_code="140406", at=at)
    wish = {
        "quote": asked, "basket": basket, "buyer": Buyer(PHONE), "destination": Destination(address()),
        "region": article.brand_product.region, "at": at,
    }  # fmt: skip
    first = place_order(**wish, key="the form")
    assert place_order(**wish, key="the form") == first
    with pytest.raises(BasketGone):
        place_order(**wish, key="another form")
    assert (Order.objects.count(), promised(article)) == (1, 1)


@pytest.mark.django_db
def test_a_total_that_changed_is_said_and_nothing_is_kept() -> None:
    article = ArticleFactory()
    with pytest.raises(TotalChanged) as refused:
        order_of((article, 1), shown_total=Decimal("1.00"))
    assert refused.value.now == Decimal("39.80")
    assert_nothing_kept(article)


@pytest.mark.django_db
def test_what_cannot_be_sold_is_said_and_nothing_is_kept() -> None:
    article = ArticleFactory()
    basket = basket_of((article, 3))
    StockRecord.objects.update(num_in_stock=2)
    basket.reset_offer_applications()
    with pytest.raises(NotAll):
        place(basket, article)
    assert_nothing_kept(article)
    with pytest.raises(NothingToOrder):
        place(basket_of(), article)


@pytest.mark.django_db
def test_the_loser_of_the_last_piece_keeps_the_basket() -> None:
    article, other = ArticleFactory(stock=1), ArticleFactory()
    basket = basket_of((other, 1), (article, 1))
    at = timezone.now()
    asked = quote(basket, district_code="140406", at=at)
    order_of((article, 1))
    with pytest.raises(SoldOut):
        place(basket, article, asked=asked)
    basket.refresh_from_db()
    assert basket.status == basket.OPEN
    assert (Order.objects.count(), promised(article), promised(other)) == (1, 1, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("quantity", [0, -1])
def test_nothing_and_less_is_never_promised(quantity: int) -> None:
    article = ArticleFactory()
    record = StockRecord.objects.get(product=article)
    for verb in (reserve, release):
        with pytest.raises(ValueError, match="pieces cannot"):
            verb(stockrecord=record, quantity=quantity)
    assert promised(article) == 0


@pytest.mark.django_db
def test_what_was_not_promised_cannot_be_given_back() -> None:
    article = ArticleFactory()
    record = StockRecord.objects.get(product=article)
    with pytest.raises(ValueError, match="were not promised"):
        release(stockrecord=record, quantity=1)
    assert promised(article) == 0


@pytest.mark.django_db(transaction=True)
def test_the_last_pieces_go_to_as_many_buyers_as_there_are_pieces() -> None:
    """Thirty-two buyers at once, five pieces: five orders, nothing sold twice, everybody else told."""
    article = ArticleFactory(stock=5)
    outcomes = at_once(32, lambda number: order_of((article, 1), key=f"buyer {number}").number)
    placed = [found for found in outcomes if not isinstance(found, Exception)]
    assert len(set(placed)) == len(placed) == 5
    assert {type(found) for found in outcomes if isinstance(found, Exception)} <= {SoldOut, NotAll}
    assert promised(article) == 5
    assert Order.objects.count() == Line.objects.count() == Due.objects.count() == 5


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_many_times_at_once_is_one_order() -> None:
    article = ArticleFactory(stock=50)
    basket = basket_of((article, 1))
    asked = quote(basket, district_code="140406")
    outcomes = at_once(8, lambda _number: place(basket, article, asked=asked, key="the one form").pk)
    assert len(set(outcomes)) == 1
    assert (Order.objects.count(), promised(article)) == (1, 1)


def at_once(buyers: int, act) -> list:
    """Return what each of so many threads got, or what was raised."""
    start, outcomes = Barrier(buyers), []

    def run(number: int) -> None:
        try:
            start.wait(30)
            outcomes.append(act(number))
        except Exception as refused:
            outcomes.append(refused)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(number,)) for number in range(buyers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def place(basket, article, *, asked=None, key="a form") -> Order:
    at = timezone.now()
    return place_order(
        quote=asked or quote(basket, district_code="140406", at=at), basket=basket, buyer=Buyer(PHONE),
        destination=Destination(address()), region=article.brand_product.region, at=at, key=key,
    )  # fmt: skip


def assert_nothing_kept(article) -> None:
    assert not Order.objects.exists()
    assert not ShippingAddress.objects.exists()
    assert not InvoiceRequest.objects.exists()
    assert promised(article) == 0
    assert connection.in_atomic_block
