"""Ordering news: the tracking service is told once of each parcel, and reports from then on by itself."""

import logging
from datetime import datetime

from shop.fulfilment.models import Parcel
from shop.tracking.service import ServiceError, service

logger = logging.getLogger(__name__)


def order_news(*, parcel: Parcel, at: datetime) -> bool:
    """Ask the service to report about `parcel`; tell whether it will. Call it outside of transactions.

    Without a service nothing is asked. What fails is tried again by the task.
    """
    asked = service()
    if asked is None or parcel.subscribed_at is not None or not parcel.waybill:
        return False
    try:
        asked.subscribe(parcel)
    except ServiceError:
        logger.exception("no news ordered about parcel %s; the next run tries again", parcel.number)
        return False
    Parcel.objects.filter(pk=parcel.pk).update(subscribed_at=at)
    return True
