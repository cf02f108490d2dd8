"""What became of drafts at WeChat: published with an address, deleted there, or still waiting.

WeChat tells nobody. A draft that is published leaves the drafts and appears among the published articles;
which post it was is told by the address under "read more", which we set. What was sent to all followers
(群发) is in no list of the API: its address can be typed in by hand.
"""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from news.wechat.exporting import origin_of
from news.wechat.kept import is_article
from news.wechat.models import WechatAccount, WechatDraft
from news.wechat.speaking import Article, Speaker


class NotAnArticle(ValueError):
    """The address leads to no article of an Official Account."""


def follow(*, account: WechatAccount, at: datetime) -> int:
    """Look what became of the account's drafts; return how many changed.

    Two calls, whatever number of drafts there is: WeChat counts calls by the day. One more for each that is
    not among the newest.

    Raises:
        WechatDown, WechatRefused, CannotOpen: nothing is known now; what was known stays.
    """
    drafts = list(account.drafts.filter(state=WechatDraft.State.DRAFT).select_related("post"))
    if not drafts:
        return 0
    speaker = Speaker(account, at=at)
    published = {str(article.get("content_source_url")): article for article in speaker.published()}
    there = speaker.drafts()
    changed = 0
    for draft in drafts:
        found = published.get(source_url(draft))
        if found is not None:
            note_published(draft=draft, article=found, at=at)
            changed += 1
        elif draft.media_id not in there and not speaker.has_draft(draft.media_id):
            changed += _note_gone(draft)
    return changed


def _note_gone(draft: WechatDraft) -> bool:
    gone = WechatDraft.objects.filter(pk=draft.pk, state=WechatDraft.State.DRAFT, media_id=draft.media_id)
    return bool(gone.update(state=WechatDraft.State.NONE, media_id="", fingerprint=""))


def source_url(draft: WechatDraft) -> str:
    """Return the address that stands under "read more" of the article."""
    region = draft.account.region
    return f"{origin_of(region)}{urlsplit(draft.post.full_url or '').path}"


def with_source(speaker: Speaker, address: str) -> Article | None:
    """Return the published article that leads to `address`."""
    return next((one for one in speaker.published() if one.get("content_source_url") == address), None)


def note_published(*, draft: WechatDraft, article: Article, at: datetime) -> None:
    """Write down that a draft is published, and where."""
    facts: dict[str, Any] = {"state": WechatDraft.State.PUBLISHED, "address": str(article["url"])}
    moment = article.get("update_time") or article.get("publish_time")
    facts["published_at"] = datetime.fromtimestamp(int(moment), tz=UTC) if moment else at
    WechatDraft.objects.filter(pk=draft.pk).update(**facts)


def note_by_hand(*, draft: WechatDraft, address: str, at: datetime) -> None:
    """Take the address of an article that WeChat's lists do not have: sent to all followers, or pasted.

    Raises:
        NotAnArticle: it leads elsewhere.
    """
    if not is_article(address):
        raise NotAnArticle(
            _("The address of an article begins with https://mp.weixin.qq.com/. Copy it there.")
        )
    facts = {"state": WechatDraft.State.PUBLISHED, "address": address, "published_at": at}
    WechatDraft.objects.filter(pk=draft.pk).update(**facts)
