"""What happens to orders on their way by itself."""

from django.utils import timezone
from django_tasks import task

from shop.fulfilment.completing import complete_orders
from shop.fulfilment.receiving import receive_by_itself
from shop.tracking.hearing import ask_about_all, forget_messages


@task()
def look_after_parcels() -> None:
    """Ask where parcels are that nobody told about."""
    ask_about_all(at=timezone.now())


@task()
def close_received_orders() -> None:
    """Take as received what was delivered ten days ago, and complete what was received a week ago."""
    now = timezone.now()
    receive_by_itself(at=now)
    complete_orders(at=now)
    forget_messages(at=now)
