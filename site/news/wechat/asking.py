"""Asking for a push: what may be pushed, and one push of a post at a time."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from brand.models import Region
from news.wechat.exporting import export
from news.wechat.lengths import too_long
from news.wechat.models import GIVEN_UP_AFTER, WechatAccount, WechatDraft
from news.wechat.stills import NoStill

if TYPE_CHECKING:
    from news.models import NewsPage

PUSHED = "news.wechat_push"  # in the history of the post


class MayNotPush(RuntimeError):
    """The post cannot be pushed as it is; `reasons` are sentences."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = list(reasons)


def ask_push(*, post: "NewsPage", by: User, at: datetime) -> bool:
    """Ask for a push of what the public reads; tell whether it is a new one or one is under way already.

    Two who ask at once get one push: the update lets one of them through.

    Raises:
        MayNotPush: not approved yet, no account, published there already, or too long.
    """
    region = pushable(post)
    draft = draft_for(post, region.wechat_account)
    if draft.state == WechatDraft.State.PUBLISHED:
        raise MayNotPush(_("It is published at WeChat already. Changes are made there: %s") % draft.address)
    _check(post, region)
    with transaction.atomic():
        if not _taken(draft, at):
            return False
        log(instance=post, action=PUSHED, user=by)
        transaction.on_commit(lambda: _begin(draft.pk))
    return True


def pushable(post: "NewsPage") -> Region:
    """Return the county of a post that may be pushed.

    Raises:
        MayNotPush: the public does not read it yet, or the county has no account.
    """
    region = post.region
    if region is None or not WechatAccount.objects.filter(region=region).exists():
        raise MayNotPush(
            _("The county has no Official Account here yet. Set it up under WeChat, or copy the text.")
        )
    if not post.live:
        raise MayNotPush(
            _("The post is not public yet. Have it approved first; look at the preview until then.")
        )
    if post.get_view_restrictions().exists():
        raise MayNotPush(_("Not everybody may read this post here, so it does not go to WeChat either."))
    return region


def draft_for(post: "NewsPage", account: WechatAccount) -> WechatDraft:
    """Return what is known of a post at WeChat; what lay at another account counts as never pushed."""
    draft, _made = WechatDraft.objects.get_or_create(post=post, defaults={"account": account})
    if draft.account_id != account.pk:
        draft.delete()
        draft = WechatDraft.objects.create(post=post, account=account)
    return draft


def _check(post: "NewsPage", region: Region) -> None:
    try:
        article = export(post, region=region)
    except NoStill as error:
        raise MayNotPush(str(error)) from error
    if reasons := too_long(article):
        raise MayNotPush(*reasons)


def _taken(draft: WechatDraft, at: datetime) -> bool:
    under_way = [WechatDraft.Push.WAITING, WechatDraft.Push.RUNNING]
    fresh = Q(push__in=under_way) & Q(asked_at__gt=at - GIVEN_UP_AFTER)
    free = WechatDraft.objects.filter(pk=draft.pk).exclude(fresh)
    return bool(
        free.update(
            push=WechatDraft.Push.WAITING,
            asked_at=at,
            begun_at=None,
            steps=0,
            steps_done=0,
            error="",
        )
    )


def _begin(draft_pk: int) -> None:
    from news.wechat.tasks import push_draft

    push_draft.enqueue(draft_pk)
