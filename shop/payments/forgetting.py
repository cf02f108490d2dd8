"""What gateways told is kept as it came while a dispute is likely, then what names a person goes."""

from datetime import datetime, timedelta

from shop.payments.models import Notification

_GENUINE = timedelta(days=180)
_REFUSED = timedelta(days=30)  # may be anybody's


def forget_notifications(*, at: datetime) -> None:
    """Empty what was genuine and delete what was refused, each after its time."""
    refused = Notification.Outcome.REFUSED
    genuine = Notification.objects.exclude(outcome=refused)
    genuine.filter(received_at__lt=at - _GENUINE).exclude(body="").update(body="", headers={})
    Notification.objects.filter(outcome=refused, received_at__lt=at - _REFUSED).delete()
