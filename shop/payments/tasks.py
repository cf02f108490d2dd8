"""What payments do without a visitor."""

from django.utils import timezone
from django_tasks import task

from shop.payments import asking, forgetting, repaying
from shop.payments.models import Repayment


@task()
def send_repayment(repayment: int) -> None:
    """Ask a gateway to give money back."""
    part = Repayment.objects.select_related("payment", "refund").get(pk=repayment)
    repaying.send(repayment=part, at=timezone.now())


@task()
def recover_payments() -> None:
    """Ask for payments and repayments of which no notification came."""
    now = timezone.now()
    asking.recover(at=now)
    for repayment in repaying.overdue(at=now):
        repaying.send(repayment=repayment, at=now)


@task()
def forget_notifications() -> None:
    """Empty old notifications."""
    forgetting.forget_notifications(at=timezone.now())
