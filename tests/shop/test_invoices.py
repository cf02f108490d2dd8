"""Invoices: noted once, never before the money is there."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import give_role
from shop import personal
from shop.invoices.issuing import NotIssuable, issue_invoice
from shop.invoices.models import InvoiceRequest
from shop.order.models import Order
from shop.ordering.wanted import Invoice
from tests.factories.accounts import UserFactory
from tests.factories.orders import order_of
from tests.factories.shop import ArticleFactory

pytestmark = pytest.mark.django_db


def asked(**more) -> InvoiceRequest:
    order = order_of(
        (ArticleFactory(), 1), invoice=Invoice("person", "王小葱", email="w@example.com"), **more
    )
    return order.invoice


def test_an_invoice_is_noted_once(client) -> None:
    invoice = asked()
    Order.objects.update(paid_at=timezone.now())
    operator = UserFactory()
    give_role(operator, "shop_operator")
    client.force_login(operator)
    act = reverse("shop-invoice:act", args=[invoice.pk, "issue"])
    assert client.post(act, {"issue-number": "26147000000012345678"}).status_code == 302
    assert client.post(act, {"issue-number": "other"}).status_code == 400
    invoice.refresh_from_db()
    assert invoice.number == "26147000000012345678" and invoice.issued_at
    assert "王小葱" in client.get(reverse("shop-invoice:index")).content.decode()


def test_none_is_issued_before_the_money_is_there() -> None:
    invoice = asked()
    with pytest.raises(NotIssuable):
        issue_invoice(invoice=invoice, number="1", at=timezone.now(), by=UserFactory())
    invoice.refresh_from_db()
    assert invoice.issued_at is None


def test_a_person_who_leaves_is_named_no_more() -> None:
    user = UserFactory()
    invoice = asked(user=user)
    assert personal.export(user)["orders"][0]["invoice"]["title"] == "王小葱"
    personal.erase(user=user, at=timezone.now())
    invoice.refresh_from_db()
    assert "王小葱" not in invoice.title and not invoice.email
    assert Order.objects.get().phone == ""
