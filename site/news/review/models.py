"""The step of Wagtail's workflow in which somebody else reads a text before everybody does."""

from typing import Any

from django.db import transaction
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.forms import Form
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page, Task, TaskState
from wagtail.permissions import policy_registry

from accounts.models import User
from news.review.forms import CommentForm, SendBackForm


class ReviewTask(Task):
    """Somebody who may publish the page, and has written none of it, approves it or sends it back.

    It holds for pages of every kind; some go live in no other way (`cms.reviewed`).
    """

    class Meta:
        verbose_name = _("review by somebody else")
        verbose_name_plural = _("reviews by somebody else")

    @classmethod
    def get_description(cls) -> str:
        """Say who approves."""
        return str(_("Whoever may publish the page and has written none of it approves it."))

    def user_can_access_editor(self, obj: Page, user: User) -> bool:
        """Let reviewers in."""
        return may_review(obj, user)

    def locked_for_user(self, obj: Page, user: User) -> bool:
        """Lock the text to everybody but reviewers while it is in review."""
        return not may_review(obj, user)

    def user_can_lock(self, obj: Page, user: User) -> bool:
        """Let a reviewer keep the other reviewers out."""
        return may_review(obj, user)

    def get_form_for_action(self, action: str) -> type[Form]:
        """Return the form of a comment: who sends back says what is to change."""
        return SendBackForm if action == "reject" else CommentForm

    def get_actions(self, obj: Page, user: User) -> list[tuple[str, Any, bool]]:
        """Return what this person may do: who wrote of the text may send it back, never approve it."""
        from news.review.writers import has_written

        if not may_review(obj, user):
            return []
        acts: list[tuple[str, Any, bool]] = [("reject", _("Send back"), True)]
        if not has_written(user, obj):
            acts += [
                ("approve", pgettext_lazy("post", "Approve"), False),
                ("approve", _("Approve with a comment"), True),
            ]
        return acts

    def start(self, workflow_state: Any, user: User | None = None) -> TaskState:
        """Begin the review and tell the reviewers, once it is sure that it has begun."""
        from news.review.telling import tell_reviewers

        state = super().start(workflow_state, user=user)
        transaction.on_commit(lambda: tell_reviewers(state, at=timezone.now()))
        return state

    def on_action(self, task_state: TaskState, user: User, action_name: str, **said: Any) -> str | None:
        """Approve or send back; where that cannot be, lead to the page that says why.

        Of two reviewers at once the first decides.
        """
        from news.review.deciding import NotDecided, approve, send_back

        comment = str(said.get("comment", ""))
        try:
            if action_name == "approve":
                approve(task_state=task_state, by=user, comment=comment, read=str(said.get("read", "")))
            elif action_name == "reject":
                send_back(task_state=task_state, by=user, comment=comment)
        except NotDecided:
            return reverse("news_review:page", args=[task_state.workflow_state.object_id])
        return None

    def get_task_states_user_can_moderate(self, user: User, **kwargs: Any) -> QuerySet[TaskState]:
        """Return what waits for this person: what they may publish and have not sent in themselves."""
        pages = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "publish")
        keys = pages.annotate(as_text=Cast("pk", CharField())).values("as_text")
        waiting = self.task_states.filter(
            status=TaskState.STATUS_IN_PROGRESS, workflow_state__object_id__in=keys
        )
        return waiting.exclude(workflow_state__requested_by=user).exclude(revision__user=user)


def may_review(page: Page, user: User) -> bool:
    """Tell whether the right to publish this page is this person's, whoever wrote it."""
    if not user.is_active:
        return False
    return bool(policy_registry.get_by_type(Page).user_has_permission_for_instance(user, "publish", page))
