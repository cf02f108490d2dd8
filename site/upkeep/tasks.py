"""The nightly backup."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils import timezone
from django_tasks import task

from notices.send import ON_SITE, NotSent, send_notice
from upkeep.backups import back_up


@task()
def back_up_daily() -> None:
    """Back up to BACKUP_DIR; when it fails, tell the administrators and fail."""
    now = timezone.now()
    try:
        back_up(top=Path(settings.BACKUP_DIR), at=now, keep=settings.BACKUP_KEEP)
    except BaseException as error:
        _tell(str(error) or type(error).__name__)
        raise


def _tell(reason: str) -> None:
    """Tell every administrator, on the site and by e-mail, once a day."""
    now = timezone.now()
    for user in get_user_model().objects.filter(is_superuser=True, is_active=True):
        for to in filter(None, (ON_SITE, user.email)):
            key = f"backup-failed:{timezone.localdate(now):%Y-%m-%d}:{user.pk}:{to}"
            try:
                send_notice(
                    kind="backup_failed", to=to, context={"reason": reason}, at=now, user=user, key=key
                )
            except NotSent:  # it is written down; the next administrator is told all the same
                continue
