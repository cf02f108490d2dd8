"""What happens to pre-sales by the clock."""

from django.utils import timezone
from django_tasks import task

from shop.presale.cancelling import refund_cancelled
from shop.presale.closing import close_settled
from shop.presale.harvesting import let_fall_due
from shop.presale.lapsing import lapse_unpaid
from shop.presale.models import Presale
from shop.presale.reminding import remind


@task()
def keep_presales() -> None:
    """Remind of balances, end what was not paid, close what is settled, refund what a stop left over."""
    now = timezone.now()
    for presale in Presale.objects.filter(state=Presale.State.HARVEST):
        let_fall_due(presale, at=now)
    remind(at=now)
    lapse_unpaid(at=now)
    close_settled(at=now)
    for presale in Presale.objects.filter(state=Presale.State.CANCELLED, bookings__held=True).distinct():
        refund_cancelled(presale=presale, at=now)
