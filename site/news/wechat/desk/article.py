"""One post on its way to WeChat: as it will look, what is too long, the button that copies, the push."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from brand.back_office.act_desk import Act, ActDesk
from news.models import WechatAccount, WechatDraft
from news.wechat.asking import MayNotPush, ask_push, draft_for
from news.wechat.desk.parts import MAY_LOOK
from news.wechat.desk.shown import article_of, find_post, progress
from news.wechat.following import NotAnArticle, note_by_hand

MAY_PUSH = "news.change_wechatdraft"


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
