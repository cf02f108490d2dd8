"""Putting our step of review where Wagtail's own stood. Safe to run any number of times."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import GroupApprovalTask, Task, TaskState, WorkflowTask

_MADE_REVIEW = "Moderators approval"  # the task that Wagtail's migration makes; accounts.groups translates it
_NEEDED = ("news.ReviewTask", "wagtailcore.WorkflowPage")


def sync_review() -> None:
    """Let somebody else review what is reviewed by anybody of a group: in the workflow that Wagtail made.

    Workflows that somebody made in the back office are theirs and stay as they are.
    """
    from news.review.models import ReviewTask

    with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        names = {_MADE_REVIEW, gettext("Review")}
        steps = WorkflowTask.objects.filter(
            workflow__workflow_pages__page__depth=1, task__in=GroupApprovalTask.objects.filter(name__in=names)
        )
        for step in steps.select_related("task"):
            ours = ReviewTask.objects.filter(name__in=names).first() or ReviewTask.objects.create(
                name=gettext("Review")
            )
            WorkflowTask.objects.filter(pk=step.pk).update(task=ours)
            _retire(step.task)


def sync_after_migrate(*, apps: Any = None, **_signal: Any) -> None:
    """Run `sync_review` once the tables it needs are there; `flush` sends the signal without `apps`."""
    if apps is None:
        return
    try:
        for name in _NEEDED:
            apps.get_model(name)
    except LookupError:
        return
    sync_review()


def _retire(task: Task) -> None:
    """Delete a step that nobody used; one that has a history stays for it."""
    if TaskState.objects.filter(task=task).exists():
        Task.objects.filter(pk=task.pk).update(active=False)
    else:
        task.delete()
