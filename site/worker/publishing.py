"""Publishing and taking down what was set to a time.

Wagtail's own command does the same in one go: one page that cannot be published, because its address was
taken meanwhile, would hold up all that come after it, at each try.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from wagtail.models import Page, Revision

logger = logging.getLogger(__name__)


def publish_due(*, at: datetime) -> int:
    """Take down the pages whose time is over and publish those whose time has come; return how many."""
    over = Page.objects.filter(live=True, expire_at__lt=at).order_by("expire_at").values_list("pk", flat=True)
    come = Revision.objects.filter(approved_go_live_at__lte=at).order_by("approved_go_live_at", "pk")
    done = sum(_alone(_take_down, key, at) for key in list(over))
    return done + sum(_alone(_publish, key, at) for key in come.values_list("pk", flat=True))


def _alone(act: Callable[[int, datetime], bool], key: int, at: datetime) -> bool:
    """Do one of them; what goes wrong with it is the log's, and the others go on."""
    try:
        with transaction.atomic():
            return act(key, at)
    except Exception:
        logger.exception("%s of %s failed; the next round tries again", act.__name__, key)
        return False


def _publish(key: int, at: datetime) -> bool:
    """Publish one version. Of two workers the row lets one through: the other finds it done or taken back."""
    version = Revision.objects.select_for_update().filter(pk=key, approved_go_live_at__lte=at).first()
    if version is None:
        return False
    version.publish(log_action="wagtail.publish.scheduled")
    return True


def _take_down(key: int, at: datetime) -> bool:
    page = Page.objects.select_for_update().filter(pk=key, live=True, expire_at__lt=at).first()
    if page is None:
        return False
    page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return True
