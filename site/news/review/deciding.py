"""What a reviewer decides: the text goes live, or back to who wrote it."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, Revision, TaskState, WorkflowState

from accounts.models import User
from news.checks.looking import stopping
from news.review.models import may_review
from news.review.telling import tell_decision
from news.review.writers import has_written, same_text

NEWER = gettext_lazy("There is a newer text than the one you read. Open it and read it, then approve it.")
DECIDED = gettext_lazy("Somebody has decided already, or it was taken back. Look at it again.")


class NotDecided(Exception):
    """It cannot be decided so; `reason` says why and what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def why_not_approve(page: Page, user: User) -> str:
    """Return why this person cannot approve what is in review, "" if they can.

    It is looked at again: a word may have been put on the list, a page taken down, after it was sent in.
    """
    if not may_review(page, user):
        return _("Only a reviewer can approve.")
    if has_written(user, page):
        return _("You wrote of this text yourself: somebody else approves it.")
    if stops := stopping(page.get_latest_revision_as_object()):
        return _("It cannot go live like this: %(what)s") % {"what": stops[0].says}
    return ""


def why_unread(state: TaskState, read: str = "") -> str:
    """Return that what would go live is not what was read, "" if it is.

    `read` is the mark of the version that stood before the reviewer (`mark_of`); without one it was what was
    sent in. A version that reads the same was read as well.
    """
    newest: Revision | None = Page.objects.get(pk=state.workflow_state.object_id).latest_revision
    if newest is None or mark_of(newest) == read:
        return ""
    was: Revision | None = (
        Revision.objects.filter(pk=read.partition("@")[0]).first() if read else state.revision
    )
    as_it_was = was is not None and (mark_of(was) == read if read else was.created_at <= state.started_at)
    if was is not None and as_it_was and same_text(newest.content, was.content):
        return ""
    return str(NEWER)


def undone(task_state: TaskState, *, by: User) -> str:
    """Return why a decision that was pressed is none of theirs, "" when it is theirs."""
    state = TaskState.objects.get(pk=task_state.pk)
    if state.status == TaskState.STATUS_IN_PROGRESS:
        page = state.workflow_state.content_object.specific
        return why_not_approve(page, by) or str(NEWER)
    return "" if state.finished_by_id == by.pk else str(DECIDED)


def mark_of(version: Revision) -> str:
    """Return what a version is known by: who goes on writing one of their own changes its time."""
    return f"{version.pk}@{version.created_at.isoformat()}"


def approve(*, task_state: TaskState, by: User, comment: str = "", read: str = "") -> None:
    """Approve the text that was read: at the last step it goes live, or is scheduled for its time.

    Raises:
        NotDecided: it is no longer in review, is this person's own, was changed since, or something stops it.
    """
    with transaction.atomic():
        state = _taken(task_state)
        # nobody saves another version between the look at the newest and its going live (cms.reviewed)
        Page.objects.select_for_update().get(pk=state.workflow_state.object_id)
        page = state.workflow_state.content_object.specific
        if reason := why_not_approve(page, by) or why_unread(state, read):
            raise NotDecided(reason)
        state.approve(user=by, comment=comment)
    transaction.on_commit(lambda: tell_decision(state, by=by, at=timezone.now()))


def send_back(*, task_state: TaskState, by: User, comment: str) -> None:
    """Send a text back with what is to change.

    Raises:
        NotDecided: it is no longer in review, no comment says what is to change, or it is not theirs to do.
    """
    if not comment.strip():
        raise NotDecided(_("Say what is to change, so that it can be changed."))
    with transaction.atomic():
        state = _taken(task_state)
        if not may_review(state.workflow_state.content_object, by):
            raise NotDecided(_("Only a reviewer can send it back."))
        state.reject(user=by, comment=comment.strip())
    transaction.on_commit(lambda: tell_decision(state, by=by, at=timezone.now()))


def _taken(task_state: TaskState) -> Any:
    """Lock the step: of two reviewers who decide at once, the second finds it decided.

    Raises:
        NotDecided: somebody was first.
    """
    # the workflow before its step, as everybody locks them; without it an approval could cross a withdrawal
    WorkflowState.objects.select_for_update().get(pk=task_state.workflow_state_id)
    state = TaskState.objects.select_for_update().get(pk=task_state.pk)
    if state.status != TaskState.STATUS_IN_PROGRESS:
        raise NotDecided(str(DECIDED))
    return state.specific
