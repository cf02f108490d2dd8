"""Notices about orders: to the buyer by SMS and on the site, to the people of a seller, to the office."""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from notices.send import ON_SITE, NotSent, send_notice
from shop.order.models import Order
from shop.partner.models import Partner

logger = logging.getLogger(__name__)


def order_page(order: Order) -> str:
    """Return the address of an order's page on its site; its token opens it."""
    return reverse("orders:order", args=[order.token])


def tell_buyer(order: Order, *, kind: str, context: Mapping[str, Any], at: datetime, key: str) -> None:
    """Tell the buyer of `order`, once per `key` and way; call it after the transaction has committed."""
    page = order_page(order)
    facts = {"number": order.number, "link": f"{settings.PUBLIC_BASE_URL}{page}", **context}
    if order.phone:
        _send(kind, order.phone, facts, at=at, key=f"{key}:sms", url=page, user=order.user)
    if order.user is not None:
        _send(kind, ON_SITE, facts, at=at, key=f"{key}:site", url=page, user=order.user)


def tell_sellers(
    partners: Iterable[Partner], *, kind: str, context: Mapping[str, Any], at: datetime, key: str, url: str
) -> None:
    """Tell whoever sells for these partners, on the site."""
    for person in User.objects.filter(partners__in=list(partners), is_active=True).distinct():
        _send(kind, ON_SITE, context, at=at, key=f"{key}:{person.pk}", url=url, user=person)


def tell_operators(*, kind: str, context: Mapping[str, Any], at: datetime, key: str, url: str) -> None:
    """Tell every operator of the hall, on the site."""
    for person in User.objects.filter(groups__role__slug="shop_operator", is_active=True):
        _send(kind, ON_SITE, context, at=at, key=f"{key}:{person.pk}", url=url, user=person)


def tell_person(
    person: User | None, *, kind: str, context: Mapping[str, Any], at: datetime, key: str, url: str
) -> None:
    """Tell one person on the site; nobody where the account is gone."""
    if person is not None and person.is_active:
        _send(kind, ON_SITE, context, at=at, key=key, url=url, user=person)


def _send(
    kind: str, to: str, context: Mapping[str, Any], *, at: datetime, key: str, url: str, user: User | None
) -> None:
    try:
        send_notice(kind=kind, to=to, context=context, at=at, key=key, url=url, user=user)
    except NotSent:
        logger.warning("the notice %s was not sent", key)
