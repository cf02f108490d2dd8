"""What the shop holds about a person: for the data export and for deletion.

Sales stay for three years after they were completed (电子商务法 art. 31); what identifies the buyer goes.
"""

from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from oscar.core.loading import get_model

from accounts.models import User
from shop.aftersales import forgetting as claims
from shop.fulfilment import forgetting as parcels
from shop.invoices.models import InvoiceRequest
from shop.reviewing import forgetting
from shop.trade import personal as trade

_NAMES_A_PERSON = {
    "title": "",
    "first_name": "",
    "last_name": "",
    "line1": "",
    "line2": "",
    "line3": "",
    "postcode": "",
    "search_text": "",
}


def export(user: User) -> dict[str, Any]:
    """Return orders, addresses, reviews and lists of this person."""
    reviews = user.reviews.values("product__title", "title", "score", "body", "date_created")
    wishes = get_model("wishlists", "Line").objects.filter(wishlist__owner=user)
    return {
        "orders": [_order(order) for order in user.orders.order_by("date_placed")],
        "addresses": [_address(address) for address in user.addresses.select_related("country")],
        "reviews": list(reviews),
        **forgetting.export(user),
        **parcels.export(user),
        **claims.export(user),
        **trade.export(user),
        "wishes": list(wishes.values("wishlist__name", "product__title", "quantity")),
        "coupons": list(user.coupons.values("voucher__name", "claimed_at", "expires_at", "used_at")),
        "searches": list(user.usersearch_set.values("query", "date_created")),
    }


def keeps(user: User) -> list[str]:
    """Return what stays after deletion, and why."""
    kept = []
    if user.orders.exists():
        kept.append(
            _("Orders without name, number and street: the law wants records of sales for three years.")
        )
    if user.reviews.exists():
        kept.append(_("Your reviews, without your name."))
    return kept


def erase(*, user: User, at: datetime) -> None:
    """Take the person out of orders and reviews, and delete everything else the shop holds about them."""
    claims.erase(user)
    trade.forget(user)
    orders = user.orders.all()
    for name, field in (("ShippingAddress", "shipping_address"), ("BillingAddress", "billing_address")):
        addresses = get_model("order", name).objects.filter(pk__in=orders.values(field))
        addresses.update(**_NAMES_A_PERSON | _emptied(addresses.model))
    get_model("basket", "Basket").objects.filter(order__in=orders).update(owner=None)
    get_model("voucher", "VoucherApplication").objects.filter(user=user).update(user=None)
    user.coupons.update(user=None, basket=None, phone="")
    user.partners.clear()
    forgetting.forget(user)
    parcels.forget(user)
    _forget_invoices(orders)
    orders.update(user=None, guest_email="", phone="", buyer_note="")
    for holding in _holdings(user):
        holding.delete()


def _forget_invoices(orders: models.QuerySet[Any]) -> None:
    """Take the name of a person, and the e-mail, off their invoices; a company is no person."""
    asked = InvoiceRequest.objects.filter(order__in=orders)
    asked.update(email="")
    asked.filter(kind=InvoiceRequest.Kind.PERSON).update(title=_("deleted account"))


def _holdings(user: User) -> list[models.QuerySet[Any]]:
    """Return everything that is only the person's own."""
    return [
        user.addresses.all(),
        user.baskets.all(),
        user.wishlists.all(),
        user.alerts.all(),
        user.emails.all(),
        user.notifications.all(),
        user.bankcards.all(),
        user.review_votes.all(),
        user.usersearch_set.all(),
        user.userproductview_set.all(),
        get_model("analytics", "UserRecord").objects.filter(user=user),
    ]


def _emptied(address: type[models.Model]) -> dict[str, str]:
    """Return the empty values of what only a delivery has: telephone and notes for the carrier."""
    present = {field.name for field in address._meta.get_fields()}
    return {name: "" for name in ("phone_number", "notes") if name in present}


def _order(order: Any) -> dict[str, Any]:
    return {
        "number": order.number,
        "placed_at": order.date_placed,
        "status": order.status,
        "total": f"{order.total_incl_tax} {order.currency}",
        "lines": list(order.lines.values("title", "quantity", "line_price_incl_tax")),
        "invoice": _invoice(order),
        "shipped_to": _address(order.shipping_address) if order.shipping_address else None,
        "payments": [_payment(due, each) for due in order.dues.all() for each in due.payments.all()],
        "refunds": list(order.refunds.values("amount", "reason", "asked_at", "done_at")),
    }


def _payment(due: Any, payment: Any) -> dict[str, Any]:
    return {
        "for": due.kind,
        "by": payment.gateway,
        "amount": payment.amount,
        "state": payment.state,
        "paid_at": payment.paid_at,
        "number": payment.trade_no,
    }


def _invoice(order: Any) -> dict[str, str] | None:
    asked = InvoiceRequest.objects.filter(order=order).first()
    if asked is None:
        return None
    return {"title": asked.title, "tax_number": asked.tax_number, "email": asked.email}


def _address(address: Any) -> dict[str, str]:
    phone = str(address.phone_number or "")
    return {"name": address.name, "phone": phone, "address": address.join_fields(address.base_fields, ", ")}
