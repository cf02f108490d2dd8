"""What happens in Wagtail's editor of a post between a press on a button and what it does.

Sending in and deciding are withdrawn from the form where they cannot be: Wagtail then keeps what was typed as
a draft, and nothing is lost.
"""

import json
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Page, Revision

from accounts.models import User
from news.checks.outside import note_links
from news.models import NewsPage
from news.review.deciding import why_not_approve
from news.review.sending import NotSent, send_for_review
from news.review.writers import same_text

_SEND = ("action-submit", "action-restart-workflow")
_DECIDE = "action-workflow-action"


@dataclass(slots=True)
class Pressed:
    """What was asked for beside saving; `overtaken` is what somebody else saved in between."""

    sends: bool = False
    overtaken: Revision | None = None


def before_create(request: HttpRequest, parent: Page, page_class: type[Page]) -> None:
    """Take a sending out of the form of a new post: it is saved first, then looked at."""
    if request.method == "POST" and issubclass(page_class, NewsPage):
        _note(request, Pressed(sends=_withdraw(request, *_SEND)))


def before_edit(request: HttpRequest, page: Page) -> None:
    """Take out of the form what cannot be done with it, and say why."""
    if request.method != "POST" or not isinstance(page, NewsPage):
        return
    if _is_autosave(request):
        _withdraw(request, *_SEND, _DECIDE)  # saving by itself presses no button, whoever says it does
        return
    pressed = Pressed(overtaken=overtaken(request, page))
    if pressed.overtaken is None:
        pressed.sends = _withdraw(request, *_SEND)
    else:
        _withdraw(request, "overwrite_revision_id")  # it is no longer the newest: this becomes one of its own
        if _withdraw(request, *_SEND, _DECIDE):
            messages.error(request, _("It is only saved. Look at the other version first, then press again."))
    if reason := _why_not_decided(request, page):
        _withdraw(request, _DECIDE)
        messages.error(request, reason)
    _note(request, pressed)


def after_save(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Say who else has saved; send the post for review, or show what stands in the way."""
    pressed = getattr(request, "pressed_on_post", None)
    if pressed is None or not isinstance(page, NewsPage) or _is_autosave(request):
        return None
    note_links(post=page, at=timezone.now())
    if pressed.overtaken is not None:
        messages.warning(request, _said_of_other(page, pressed.overtaken))
    return _send(request, page) if pressed.sends else None


def overtaken(request: HttpRequest, page: Page) -> Revision | None:
    """Return the version that was saved since this form was opened, None when there is none.

    Wagtail refuses only its own saving in between; who presses a button while the other's text is new to
    them would not hear of it.
    """
    latest = page.get_latest_revision()
    seen = request.POST.get("overwrite_revision_id") or request.POST.get("loaded_revision_id")
    if latest is None or not seen:
        return None
    if seen != str(latest.pk):
        return latest
    loaded_at = request.POST.get("loaded_revision_created_at", "")
    own = bool(request.POST.get("overwrite_revision_id"))
    return None if own or loaded_at in ("", latest.created_at.isoformat()) else latest


def _why_not_decided(request: HttpRequest, page: NewsPage) -> str:
    if _DECIDE not in request.POST:
        return ""
    act = request.POST.get("workflow-action-name")
    if act == "approve":
        changed = _("You have changed the text. It is saved, and somebody else approves it now.")
        return why_not_approve(page, cast("User", request.user)) or (
            changed if _changes_text(request, page) else ""
        )
    if act == "reject" and not _comment(request):
        return _("Say what is to change, so that it can be changed.")
    return ""


def _changes_text(request: HttpRequest, page: NewsPage) -> bool:
    """Tell whether the form would change what readers see; remarks beside the text do not."""
    latest = page.get_latest_revision()
    draft = latest.as_object()
    form_class = NewsPage.get_edit_handler().get_form_class()
    form = form_class(
        request.POST, request.FILES, instance=draft, parent_page=page.get_parent(), for_user=request.user
    )
    if not form.is_valid():
        return False  # Wagtail says what is wrong, and decides nothing
    typed = form.save(commit=False).serializable_data()
    return not same_text(json.loads(json.dumps(typed, cls=DjangoJSONEncoder)), latest.content)


def _comment(request: HttpRequest) -> str:
    try:
        said = json.loads(request.POST.get("workflow-action-extra-data") or "{}")
    except ValueError:
        return ""
    return str(said.get("comment", "")).strip() if isinstance(said, dict) else ""


def _send(request: HttpRequest, page: NewsPage) -> HttpResponse:
    try:
        send_for_review(post=page, by=cast("User", request.user), at=timezone.now())
    except NotSent:
        return HttpResponseRedirect(reverse("news_review:post", args=[page.pk]))
    messages.success(request, sent_words(page))
    return HttpResponseRedirect(reverse("wagtailadmin_explore", args=[page.get_parent().pk]))


def sent_words(page: Page) -> str:
    """Return what is said when a post has gone for review."""
    return _("“%(title)s” is in review. You get a message when it is approved or sent back.") % {
        "title": page.get_admin_display_title()
    }


def _said_of_other(page: Page, other: Revision) -> str:
    who = get_user_display_name(other.user) if other.user else _("somebody")
    compare = reverse(
        "wagtailadmin_pages:revisions_compare", args=[page.pk, other.pk, page.latest_revision_id]
    )
    return format_html(
        '{} <a href="{}">{}</a>',
        _("%(who)s saved this post at %(time)s, after you had opened it. Yours is the newest now.")
        % {"who": who, "time": f"{timezone.localtime(other.created_at):%H:%M}"},
        compare,
        _("Compare both: theirs is kept."),
    )


def _withdraw(request: HttpRequest, *names: str) -> bool:
    """Take buttons out of the form; tell whether one of them was pressed."""
    if not any(name in request.POST for name in names):
        return False
    left: Any = request.POST.copy()
    for name in names:
        left.pop(name, None)
    request.POST = left
    return True


def _note(request: HttpRequest, pressed: Pressed) -> None:
    request.pressed_on_post = pressed  # type: ignore[attr-defined]


def _is_autosave(request: HttpRequest) -> bool:
    return not request.accepts("text/html")
