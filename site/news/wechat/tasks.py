"""What the worker does for WeChat: pushes, pushes that stopped half-way, what became of drafts, tickets."""

import logging

from django.utils import timezone
from django_tasks import task

from lib.sealing import CannotOpen
from news.wechat import following, pushing, sharing
from news.wechat.calling import WechatDown, WechatRefused
from news.wechat.models import GIVEN_UP_AFTER, WechatAccount, WechatDraft

logger = logging.getLogger(__name__)


@task()
def push_draft(draft_pk: int) -> None:
    """Carry out one push."""
    draft = WechatDraft.objects.select_related("post", "account__region__site").filter(pk=draft_pk).first()
    if draft is not None:
        pushing.push(draft=draft, at=timezone.now())


@task()
def resume_pushes() -> None:
    """Take up pushes whose worker died: what it sent is known."""
    now = timezone.now()
    running = WechatDraft.objects.filter(push=WechatDraft.Push.RUNNING, begun_at__lt=now - GIVEN_UP_AFTER)
    for pk in running.values_list("pk", flat=True):
        if running.filter(pk=pk).update(push=WechatDraft.Push.WAITING, asked_at=now, begun_at=None):
            push_draft.enqueue(pk)


@task()
def follow_drafts() -> None:
    """Look what became of drafts. An account that WeChat refuses does not hold up the others."""
    for account in WechatAccount.objects.select_related("region__site"):
        try:
            following.follow(account=account, at=timezone.now())
        except (WechatDown, WechatRefused, CannotOpen) as error:
            logger.warning("drafts of %s: %s", account.app_id, error)


@task()
def keep_tickets() -> None:
    """Have a ticket ready before somebody opens a post in WeChat."""
    for account in WechatAccount.objects.filter(signs_sharing=True):
        try:
            sharing.renew(account=account, at=timezone.now())
        except (WechatDown, WechatRefused, CannotOpen) as error:
            logger.warning("ticket of %s: %s", account.app_id, error)
