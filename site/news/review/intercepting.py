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
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, TaskState

from accounts.models import User
from cms.reviewed import OnlyByReview
from news.checks.outside import note_links
from news.models import NewsPage
from news.review.deciding import NEWER, mark_of, undone, why_not_approve
from news.review.following import FormFollowing, said_of_other
from news.review.sending import NotSent, begin_review, send_for_review
from news.review.writers import same_text

_SEND = ("action-submit", "action-restart-workflow")
_DECIDE = "action-workflow-action"
_SAID = "workflow-action-extra-data"


@dataclass(slots=True)
class Pressed:
    """What was asked for beside saving."""

    follows: FormFollowing
    sends: bool = False
    decides: TaskState | None = None


def before_create(request: HttpRequest, parent: Page, page_class: type[Page]) -> None:
    """Take a sending out of the form of a new post: it is saved first, then looked at."""
    if request.method == "POST" and issubclass(page_class, NewsPage):
        follows = FormFollowing.of(request, by_itself=_is_autosave(request))
        _note(request, Pressed(follows, sends=_withdraw(request, *_SEND)))


def before_edit(request: HttpRequest, page: Page) -> None:
    """Take out of the form what cannot be done with it, and say why."""
    if request.method != "POST" or not issubclass(type(page), OnlyByReview):
        return
    follows = FormFollowing.of(request, by_itself=_is_autosave(request))
    page.follows = follows  # looked at once more when it is saved
    newest = page.get_latest_revision()
    if follows.by_itself:
        _withdraw(request, *_SEND, _DECIDE)  # saving by itself presses no button, whoever says it does
        _go_on_writing(request, follows, newest)
        return
    follows.look_at(newest)
    pressed = Pressed(follows)
    follows.decides = _DECIDE in request.POST
    if follows.overtaken is not None and follows.decides:
        follows.refusal = str(NEWER)  # the form is shown again, and nothing of it is written
        return
    if follows.overtaken is not None:
        _withdraw(request, "overwrite_revision_id")  # it is no longer the newest: this becomes one of its own
        if _withdraw(request, *_SEND):
            messages.error(request, _only_saved())
    elif isinstance(page, NewsPage) or _is_complete(request, page):
        pressed.sends = _withdraw(request, *_SEND)
    if reason := _why_not_decided(request, page):
        follows.decides = not _withdraw(request, _DECIDE)
        messages.error(request, reason)
    if _DECIDE in request.POST:
        pressed.decides = page.current_workflow_task_state
        _say_what_was_read(request, newest)
    _note(request, pressed)


def after_save(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Say who else has saved; send the post for review, or show what stands in the way."""
    pressed: Pressed | None = getattr(request, "pressed_on_page", None)
    if pressed is None or _is_autosave(request):
        return None
    if isinstance(page, NewsPage):
        note_links(post=page, at=timezone.now())
    if pressed.follows.went_live:
        messages.warning(
            request, _("Somebody approved it just now. What you wrote is kept as a draft of its own.")
        )
        return None
    other = pressed.follows.overtaken
    if other is not None:
        messages.warning(request, said_of_other(page, other, to=cast("User", request.user)))
    if pressed.sends and other is not None:
        messages.error(request, _only_saved())  # it came in while this one was being saved
        return None
    if pressed.decides is not None and (reason := undone(pressed.decides, by=cast("User", request.user))):
        messages.error(request, reason)
    return _send(request, page) if pressed.sends else None


def _say_what_was_read(request: HttpRequest, newest: Revision | None) -> None:
    """Put beside the decision which version it is about; it is looked at once more when it is taken."""
    left: Any = request.POST.copy()
    left[_SAID] = json.dumps({"comment": _comment(request), "read": mark_of(newest) if newest else ""})
    request.POST = left


def _go_on_writing(request: HttpRequest, follows: FormFollowing, newest: Revision | None) -> None:
    """Let a tab go on with its own version, also where it has not heard that it was saved."""
    if newest is not None and follows.same_tab(newest):
        left: Any = request.POST.copy()
        left["overwrite_revision_id"] = str(newest.pk)
        request.POST = left


def _why_not_decided(request: HttpRequest, page: Page) -> str:
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


def _changes_text(request: HttpRequest, page: Page) -> bool:
    """Tell whether the form would change what readers see; remarks beside the text do not."""
    latest = page.get_latest_revision()
    form = _form_of(request, page)
    if not form.is_valid():
        return False  # Wagtail says what is wrong, and decides nothing
    typed = form.save(commit=False).serializable_data()
    return not same_text(json.loads(json.dumps(typed, cls=DjangoJSONEncoder)), latest.content)


def _is_complete(request: HttpRequest, page: Page) -> bool:
    """Tell whether it may be sent as it is typed; of a post that is told beside all else that is found."""
    return any(name in request.POST for name in _SEND) and _form_of(request, page).is_valid()


def _form_of(request: HttpRequest, page: Page) -> Any:
    form_class = type(page).get_edit_handler().get_form_class()
    return form_class(
        request.POST,
        request.FILES,
        instance=page.get_latest_revision_as_object(),
        parent_page=page.get_parent(),
        for_user=request.user,
    )


def _only_saved() -> str:
    return _("It is only saved. Look at the other version first, then press again.")


def _comment(request: HttpRequest) -> str:
    try:
        said = json.loads(request.POST.get(_SAID) or "{}")
    except ValueError:
        return ""
    return str(said.get("comment", "")).strip() if isinstance(said, dict) else ""


def _send(request: HttpRequest, page: Page) -> HttpResponse:
    by = cast("User", request.user)
    try:
        if isinstance(page, NewsPage):
            send_for_review(post=page, by=by, at=timezone.now())
        else:
            begin_review(page.get_latest_revision_as_object(), by)
    except NotSent as error:
        if isinstance(page, NewsPage):
            return HttpResponseRedirect(reverse("news_review:post", args=[page.pk]))
        messages.error(request, error.reason)
        return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    messages.success(request, sent_words(page))
    return HttpResponseRedirect(reverse("wagtailadmin_explore", args=[page.get_parent().pk]))


def sent_words(page: Page) -> str:
    """Return what is said when a post has gone for review."""
    return _("“%(title)s” is in review. You get a message when it is approved or sent back.") % {
        "title": page.get_admin_display_title()
    }


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
    request.pressed_on_page = pressed  # type: ignore[attr-defined]


def _is_autosave(request: HttpRequest) -> bool:
    return not request.accepts("text/html")
