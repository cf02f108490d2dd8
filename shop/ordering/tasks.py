"""What happens to orders by itself."""

from django.utils import timezone
from django_tasks import task

from shop.ordering.cancelling import close_unpaid
from shop.ordering.telling import tell_placed


@task()
def close_unpaid_orders() -> None:
    """Cancel what nobody paid within its time; each minute."""
    close_unpaid(at=timezone.now())


@task()
def confirm_order(order_pk: int) -> None:
    """Send the confirmation of one order."""
    tell_placed(order_pk, at=timezone.now())
