"""The worker's part in the letters."""

import logging

from django.utils import timezone
from django_tasks import task

from news.digests.letters import confirmation
from news.digests.making import make_due
from news.digests.models import Subscription
from news.digests.sending import forget_deliveries, send_waiting
from news.digests.subscribing import forget_unconfirmed, unsent

logger = logging.getLogger(__name__)


@task()
def write_confirmation(subscription: int) -> None:
    """Send the confirmation letter; the task knows no address."""
    found = Subscription.objects.select_related("region__site").filter(pk=subscription).first()
    if found is None:
        return
    try:
        confirmation(found).send()
    except OSError as error:  # without its words: a refusal names the address
        code = getattr(error, "smtp_code", "")
        logger.warning("a confirmation letter could not be sent: %s %s", type(error).__name__, code)
        unsent(found)


@task()
def send_letters() -> None:
    """Make the letters of the week when they are due, and send what waits."""
    now = timezone.now()
    make_due(at=now)
    send_waiting(at=now)


@task()
def forget_addresses() -> None:
    """Forget who never confirmed, and who got which old letter."""
    now = timezone.now()
    forget_unconfirmed(at=now)
    forget_deliveries(at=now)
