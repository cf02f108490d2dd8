"""Parts of the page of one post that come by themselves: the preview for its frame, how far a push is."""

from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from news.models import WechatAccount, WechatDraft
from news.wechat.desk.shown import find_post, progress, shown
from news.wechat.exporting import export
from news.wechat.stills import NoStill

MAY_LOOK: Final = "news.view_wechatdraft"
# the article runs nothing and reaches nothing but the site's pictures, whatever an editor pasted
PREVIEW_POLICY: Final = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; sandbox"


def admit(request: HttpRequest) -> None:
    """Let in who may look.

    Raises:
        PermissionDenied: somebody who may not.
    """
    if not request.user.has_perm(MAY_LOOK):
        raise PermissionDenied


@never_cache
@require_safe
def how_far(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a push is, as a part of the page that its script asks for."""
    admit(request)
    draft = WechatDraft.objects.filter(post=pk).first()
    return render(request, "news/admin/wechat/progress.html", progress(draft))


@never_cache
@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the article as WeChat does, for the frame of a phone."""
    admit(request)
    post = find_post(pk)
    region = post.region
    if region is None:
        raise Http404
    version = shown(post, draft_asked="draft" in request.GET)
    account = WechatAccount.objects.filter(region=region).first()
    facts: dict[str, Any] = {"post": version, "account": account.name if account else region.name}
    try:
        facts["article"] = export(version, region=region, pictures_at="")
    except NoStill as error:
        facts["broken"] = str(error)
    response = render(request, "news/admin/wechat/preview.html", facts)
    response["Content-Security-Policy"] = PREVIEW_POLICY
    return response
