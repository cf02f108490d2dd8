"""Telling who asked for a push that it failed: they have left the page by then."""

import logging
from datetime import datetime

from django.urls import reverse
from wagtail.models import PageLogEntry

from news.wechat.asking import PUSHED
from news.wechat.models import WechatDraft
from notices.send import ON_SITE, NotSent, send_notice

logger = logging.getLogger(__name__)


def tell_failure(*, draft: WechatDraft, reason: str, at: datetime) -> None:
    """Tell the last who asked, once for each push."""
    asked = PageLogEntry.objects.filter(page=draft.post_id, action=PUSHED).select_related("user")
    entry = asked.order_by("-timestamp", "-pk").first()
    if entry is None or entry.user is None or not entry.user.is_active:
        return
    try:
        send_notice(
            kind="wechat_push_failed",
            to=ON_SITE,
            user=entry.user,
            context={"title": draft.post.title, "reason": reason},
            at=at,
            key=f"wechat_push_failed.{entry.pk}",
            url=reverse("news-wechat:article", args=[draft.post_id]),
        )
    except NotSent:
        logger.exception("nobody was told of a push that failed")
