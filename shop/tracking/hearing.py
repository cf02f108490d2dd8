"""Hearing: what the tracking service tells, pushed or asked for, becomes steps of our parcels."""

import logging
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet
from django.utils.crypto import constant_time_compare

from shop.fulfilment.carriers import CARRIERS
from shop.fulfilment.models import Parcel
from shop.tracking.models import TrackingMessage
from shop.tracking.ordering import order_news
from shop.tracking.reports import Report, Unreadable, read_answer, read_push
from shop.tracking.service import ServiceError, md5, push_salt, service
from shop.tracking.tracing import trace
from shop.unsigned import is_kept

logger = logging.getLogger(__name__)

PAUSE: Final = timedelta(minutes=30)  # between two questions about one parcel, or the service blocks it
ASKED_FOR: Final = timedelta(days=30)  # after that nobody waits for news any more
SILENT: Final = timedelta(hours=6)  # who is pushed news is asked about only after so long a silence
AT_ONCE: Final = 50
KEPT: Final = timedelta(days=60)
Outcome = TrackingMessage.Outcome


class BadSignature(PermissionError):
    """The message was not signed by the service; so many of a source are kept, and nothing was changed."""


def take_push(*, body: str, sign: str, source: str, at: datetime) -> Parcel | None:
    """Take in a message pushed from a network address; twice and out of order do no harm. Return its parcel.

    Raises:
        BadSignature: see there.
        Unreadable: it was kept for inspection, and nothing was changed.
    """
    if not constant_time_compare(sign.upper(), md5(body + push_salt())):
        if is_kept(source=source, at=at):
            _keep(body, Outcome.UNSIGNED, at=at)
        raise BadSignature
    try:
        report = read_push(body)
    except Unreadable:
        _keep(body, Outcome.UNREADABLE, at=at)
        raise
    parcel = _apply(report)
    _keep(body, Outcome.TAKEN if parcel else Outcome.UNKNOWN, at=at, parcel=parcel)
    return parcel


def ask_about(*, parcel: Parcel, at: datetime) -> bool:
    """Ask the service where `parcel` is; tell whether it was asked. Call it outside of transactions.

    The time is taken first, by compare-and-set: two workers never ask about one parcel within half an hour.
    """
    asked = service()
    due = Q(asked_at=None) | Q(asked_at__lte=at - PAUSE)
    if asked is None or not Parcel.objects.filter(due, pk=parcel.pk).update(asked_at=at):
        return False
    try:
        text = asked.ask(parcel)
    except ServiceError as error:
        logger.warning("tracking service about %s: %s", parcel.number, error)
        return True
    try:
        report = read_answer(text)
    except Unreadable:
        _keep(text, Outcome.UNREADABLE, at=at, parcel=parcel, pushed=False)
        return True
    for step in report.steps:
        trace(parcel=parcel, step=step)
    return True


def ask_about_all(*, at: datetime) -> int:
    """Order news that were not ordered, ask about the parcels that are silent; return how many were asked."""
    if service() is None:
        return 0
    for parcel in waiting(at=at).filter(subscribed_at=None)[:AT_ONCE]:
        order_news(parcel=parcel, at=at)
    return sum(ask_about(parcel=parcel, at=at) for parcel in silent(at=at)[:AT_ONCE])


def waiting(*, at: datetime) -> QuerySet[Parcel]:
    """Return the parcels on their way with a carrier the service knows."""
    known = [slug for slug, carrier in CARRIERS.items() if carrier.tracked]
    return (
        Parcel.objects.filter(carrier__in=known, sent_at__gt=at - ASKED_FOR, delivered_at=None)
        .exclude(waybill="")
        .select_related("consignment__order")
    )


def silent(*, at: datetime) -> QuerySet[Parcel]:
    """Return those nobody told anything about for long, the longest first."""
    quiet = Q(traced_at__lte=at - SILENT) | Q(subscribed_at=None)
    due = Q(asked_at=None) | Q(asked_at__lte=at - PAUSE)
    return waiting(at=at).filter(quiet).filter(due).order_by("asked_at", "pk")


def forget_messages(*, at: datetime) -> int:
    """Delete messages that nobody will look into any more; return how many."""
    return TrackingMessage.objects.filter(received_at__lt=at - KEPT).delete()[0]


def _apply(report: Report) -> Parcel | None:
    parcel = (
        Parcel.objects.filter(carrier=report.carrier, waybill=report.waybill)
        .select_related("consignment__order")
        .first()
    )
    for step in report.steps if parcel else ():
        trace(parcel=parcel, step=step)  # type: ignore[arg-type]
    return parcel


def _keep(
    body: str, outcome: str, *, at: datetime, parcel: Parcel | None = None, pushed: bool = True
) -> None:
    TrackingMessage.objects.create(
        received_at=at, pushed=pushed, body=body[:20_000], parcel=parcel, outcome=outcome
    )
