"""One post on its way to WeChat: as it will look, what is too long, the button that copies, the push."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from brand.back_office.act_desk import Act, ActDesk
from news.models import NewsPage, WechatAccount, WechatDraft
from news.wechat.asking import MayNotPush, ask_push, draft_for
from news.wechat.exporting import Export, export
from news.wechat.following import NotAnArticle, note_by_hand
from news.wechat.lengths import lengths
from news.wechat.stills import NoStill

MAY_LOOK, MAY_PUSH = "news.view_wechatdraft", "news.change_wechatdraft"
# the article runs nothing and reaches nothing but the site's pictures, whatever an editor pasted
PREVIEW_POLICY = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; sandbox"


class AddressForm(forms.Form):
    """Where an article that was sent by hand can be read."""

    address = forms.URLField(
        label=gettext_lazy("Address of the article"),
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy("Open the article in WeChat, press ⋯ and copy the link."),
    )


class ArticleDesk(ActDesk):
    """Shows a post as an article, with what can be done now."""

    template = "news/admin/wechat/article.html"
    may_look, may_act = MAY_LOOK, MAY_PUSH
    refusals = (MayNotPush, NotAnArticle)
    acts = {
        "push": Act(
            forms.Form,
            gettext_lazy("Push as a draft"),
            gettext_lazy(
                "It goes into the drafts at mp.weixin.qq.com. Pushed again it replaces the draft, so there "
                "is only one. Nobody sees it until you publish it there."
            ),
            gettext_lazy("Push"),
        ),
        "note": Act(
            AddressForm,
            gettext_lazy("Published by hand"),
            gettext_lazy(
                "What is published from the drafts is found by itself. What was pasted, or sent to all "
                "followers, is not: type its address in."
            ),
            gettext_lazy("Keep the address"),
        ),
    }

    def find(self, pk: int) -> None:
        """Read the post with what became of it."""
        self.article_post = find_post(pk)

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse("news-wechat:article", args=[self.article_post.pk])

    @cached_property
    def account(self) -> WechatAccount | None:
        """The account of the county, None where there is none."""
        region = self.article_post.region
        return WechatAccount.objects.filter(region=region).first() if region else None

    @property
    def draft(self) -> WechatDraft | None:
        """What is known at WeChat, None for a post that was never pushed."""
        return WechatDraft.objects.filter(post=self.article_post, account=self.account).first()

    def possible(self) -> list[str]:
        """Offer nothing without an account, and no push of what is published."""
        if self.account is None:
            return []
        published = self.draft is not None and self.draft.state == WechatDraft.State.PUBLISHED
        return ["note"] if published else ["push", "note"]

    def first(self) -> str:
        """Push is most likely next."""
        return "push"

    def push(self, form: forms.Form) -> str:
        """Ask for a push."""
        new = ask_push(post=self.article_post, by=self.by, at=self.now)
        return _("It is on its way. You see below how far it is.") if new else _("It is on its way already.")

    def note(self, form: forms.Form) -> str:
        """Take an address."""
        if self.account is None:
            raise MayNotPush(_("The county has no Official Account here yet."))
        draft = draft_for(self.article_post, self.account)
        note_by_hand(draft=draft, address=form.cleaned_data["address"], at=self.now)
        return _("Kept. The post shows as published at WeChat.")

    def context(self) -> dict[str, Any]:
        """Return the article and its state."""
        post = self.article_post
        return {
            "post": post,
            **article_of(post, draft_asked="draft" in self.request.GET),
            **progress(self.draft),
            "account": self.account,
            "accounts_url": reverse("news-wechat-accounts:index"),
            "may_set_up": self.request.user.has_perm("news.change_wechataccount"),
            "preview_url": reverse("news-wechat:preview", args=[post.pk]),
            "progress_url": reverse("news-wechat:progress", args=[post.pk]),
            "breadcrumbs_items": [
                {"url": reverse("news-wechat:index"), "label": gettext_lazy("WeChat")},
                {"url": "", "label": post.title},
            ],
            "page_title": gettext_lazy("WeChat"),
            "page_subtitle": post.title,
            "header_title": gettext_lazy("WeChat"),
            "header_icon": "mobile-alt",
        }


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
