"""What the pages of one post show: the article as it is copied, and how far a push is."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from news.models import NewsPage, WechatDraft
from news.wechat.exporting import Export, export
from news.wechat.lengths import lengths
from news.wechat.stills import NoStill


def find_post(pk: int) -> NewsPage:
    """Return a post with what an article needs.

    Raises:
        Http404: there is none.
    """
    return get_object_or_404(NewsPage.objects.select_related("image"), pk=pk)


def shown(post: NewsPage, *, draft_asked: bool) -> NewsPage:
    """Return what the public reads, or the newest draft where it is asked for or all there is."""
    if post.live and not draft_asked:
        return post
    return post.get_latest_revision_as_object()


def article_of(post: NewsPage, *, draft_asked: bool) -> dict[str, Any]:
    """Return the article as it is copied, or why there is none."""
    version = shown(post, draft_asked=draft_asked)
    facts: dict[str, Any] = {"is_draft": version is not post, "article": None}
    region = post.region
    if region is None:
        return facts | {"broken": _("The post belongs to no county.")}
    try:
        article = export(version, region=region)
    except NoStill as error:
        return facts | {"broken": str(error)}
    return facts | {"article": article, "lengths": lengths(article), "changed": _changed(post, article)}


def _changed(post: NewsPage, article: Export) -> bool:
    """Tell whether the post is another than what was pushed."""
    draft = WechatDraft.objects.filter(post=post, state=WechatDraft.State.DRAFT).first()
    return draft is not None and draft.fingerprint != article.fingerprint


def progress(draft: WechatDraft | None) -> dict[str, Any]:
    """Return how far a push is."""
    under_way = draft is not None and draft.is_under_way(at=timezone.now())
    return {"draft": draft, "under_way": under_way}
