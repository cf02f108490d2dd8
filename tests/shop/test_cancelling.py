"""Cancelling: stock, money and coupons go back; what is on its way stays."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from notices.models import Notice
from shop.order.models import Order
from shop.ordering.cancelling import NotCancellable, cancel_order, close_unpaid
from shop.ordering.telling import tell_placed
from shop.ordering.wanted import Buyer
from shop.partner.models import StockRecord
from shop.payments.choosing import choose_way
from shop.payments.models import Payment, Refund
from shop.payments.settling import settle
from shop.payments.transfer.gateway import TransferGateway
from tests.factories.accounts import UserFactory
from tests.factories.orders import PHONE, order_of
from tests.factories.shop import ArticleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ways_by_hand(settings) -> None:
    """Let every order be paid by transfer."""
    settings.PAYMENT_GATEWAYS = ["tests.shop.test_cancelling.AnyTransfer"]


class AnyTransfer(TransferGateway):
    """A transfer to a county that has not said its account."""

    def offered(self, purchase: object) -> bool:
        """Take everything."""
        return True


def promised() -> int:
    return StockRecord.objects.get().num_allocated or 0


def paid(order: Order) -> Order:
    now = timezone.now()
    payment = choose_way(order=order, way="transfer", at=now) or Payment.objects.get()
    settle(payment=payment, trade_no="T1", amount=payment.amount, at=now)
    order.refresh_from_db()
    return order


def test_an_unpaid_order_gives_its_stock_back() -> None:
    order = order_of((ArticleFactory(), 3))
    cancel_order(order=order, reason="不想要了", at=timezone.now())
    order.refresh_from_db()
    assert (order.state, promised()) == ("cancelled", 0)
    assert not Refund.objects.exists()


def test_a_paid_order_that_was_not_sent_gives_stock_and_money_back() -> None:
    order = paid(order_of((ArticleFactory(), 3)))
    assert order.state == "to_send"
    cancel_order(order=order, reason="不想要了", at=timezone.now())
    assert Refund.objects.get().amount == order.total_incl_tax
    assert promised() == 0


def test_cancelled_twice_it_goes_back_once() -> None:
    order = order_of((ArticleFactory(), 3))
    cancel_order(order=order, reason="", at=timezone.now())
    with pytest.raises(NotCancellable):
        cancel_order(order=order, reason="", at=timezone.now())
    assert promised() == 0


@pytest.mark.parametrize("state", ["partly_sent", "sent", "received", "completed"])
def test_what_is_on_its_way_is_not_cancelled(state: str) -> None:
    order = order_of((ArticleFactory(), 1))
    Order.objects.update(state=state)
    with pytest.raises(NotCancellable):
        cancel_order(order=order, reason="", at=timezone.now())
    order.refresh_from_db()
    assert (order.state, promised()) == (state, 1)


def test_what_nobody_paid_is_closed_after_its_time_and_not_before() -> None:
    order = order_of((ArticleFactory(), 2))
    assert close_unpaid(at=order.pay_until) == 0
    assert close_unpaid(at=order.pay_until + timedelta(seconds=1)) == 1
    order.refresh_from_db()
    assert (order.state, promised()) == ("cancelled", 0)


def test_money_that_comes_after_the_end_goes_back() -> None:
    order = order_of((ArticleFactory(), 2))
    payment = choose_way(order=order, way="transfer", at=timezone.now())
    cancel_order(order=order, reason="", at=timezone.now())
    settle(payment=payment, trade_no="T1", amount=payment.amount, at=timezone.now())
    assert Refund.objects.get().amount == order.total_incl_tax
    order.refresh_from_db()
    assert order.state == "cancelled"


def test_a_confirmation_goes_to_each_address_once() -> None:
    user = UserFactory(phone="+8613911112222")
    order = order_of((ArticleFactory(), 1), user=user)
    choose_way(order=order, way="transfer", at=timezone.now())
    for _again in range(2):
        tell_placed(order.pk, at=timezone.now())
    assert Notice.objects.filter(kind="order_placed", channel="site").count() == 1
    assert Notice.objects.filter(kind="order_placed", channel="sms").count() == 1
    assert len(mail.outbox) == bool(user.email)


def test_an_unpaid_guest_is_written_to_by_e_mail_only() -> None:
    order = order_of((ArticleFactory(), 1), buyer=Buyer(PHONE, email="buyer@example.com"))
    tell_placed(order.pk, at=timezone.now())
    assert [notice.channel for notice in Notice.objects.filter(kind="order_placed")] == ["email"]
    assert order.token in mail.outbox[0].body


def test_one_number_is_not_pestered() -> None:
    article = ArticleFactory(stock=50)
    for _order in range(8):
        order = order_of((article, 1))
        choose_way(order=order, way="transfer", at=timezone.now())
        tell_placed(order.pk, at=timezone.now())
    assert Notice.objects.filter(kind="order_placed", channel="sms").count() == 6
