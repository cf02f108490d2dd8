"""The page before a post goes for review: what was found in it, and the button that sends it."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from wagtail.models import Page

from accounts.models import User
from news.checks.findings import Finding, Weight
from news.checks.looking import look
from news.checks.outside import note_links
from news.models import NewsPage
from news.review.deciding import DECIDED, undone
from news.review.intercepting import sent_words
from news.review.sending import NotSent, send_for_review


def not_decided(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead who pressed a decision outside the editor to the text, and say why it was not taken."""
    page = get_object_or_404(Page, pk=pk).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    state = page.current_workflow_task_state
    if state is not None:
        messages.error(request, undone(state, by=cast("User", request.user)))
    else:
        messages.warning(request, DECIDED)
    return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[pk]))


class PostReviewView(View):
    """Shows what was found; a POST sends the post for review."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Look at the newest version and show what was found."""
        draft = self._draft(pk)
        return self._page(draft, look(draft, at=timezone.now()))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Send it, or say what stands in the way."""
        draft = self._draft(pk)
        seen = request.POST.getlist("seen") if request.POST.get("meant") else []
        note_links(post=draft, at=timezone.now())
        try:
            send_for_review(post=draft, by=cast("User", request.user), at=timezone.now(), seen=seen)
        except NotSent as error:
            messages.error(request, error.reason)
            return self._page(draft, list(error.findings) or look(draft, at=timezone.now()))
        messages.success(request, sent_words(draft))
        return HttpResponseRedirect(reverse("wagtailadmin_explore", args=[draft.get_parent().pk]))

    def _draft(self, pk: int) -> NewsPage:
        post = get_object_or_404(NewsPage, pk=pk)
        if not post.permissions_for_user(self.request.user).can_edit():
            raise PermissionDenied
        return cast("NewsPage", post.get_latest_revision_as_object())

    def _page(self, draft: NewsPage, findings: list[Finding]) -> HttpResponse:
        edit = reverse("wagtailadmin_pages:edit", args=[draft.pk])
        context: dict[str, Any] = {
            "post": draft,
            "edit_url": edit,
            "findings": findings,
            "stops": [found for found in findings if found.weight is Weight.STOPS],
            "asks": [found for found in findings if found.weight is Weight.ASKS],
            "in_review": draft.workflow_in_progress,
            "may_send": draft.permissions_for_user(self.request.user).can_submit_for_moderation(),
            "page_title": _("Before the review"),
            "header_title": _("Before the review"),
            "header_icon": "glasses",
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": _("Home")},
                {"url": edit, "label": draft.get_admin_display_title()},
                {"url": "", "label": _("Before the review")},
            ],
        }
        return render(self.request, "news/admin/review.html", context)
