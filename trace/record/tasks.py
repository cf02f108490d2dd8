"""What the record does by itself."""

from datetime import time

from django.utils import timezone
from django_tasks import task

from record.papers.reminders import send_reminders
from record.proof.publishing import AlreadyPublished, publish_digest

DIGEST_FROM = time(0, 10)  # Asia/Shanghai: what was recorded around midnight is committed by then


@task()
def publish_daily_digest() -> None:
    """Publish the digest of today, unless it is too early or there is one."""
    now = timezone.now()
    if timezone.localtime(now).time() < DIGEST_FROM:
        return
    try:
        publish_digest(at=now)
    except AlreadyPublished:
        return


@task()
def remind_of_certifications() -> None:
    """Tell the operators which certifications are about to end."""
    send_reminders(at=timezone.now())
