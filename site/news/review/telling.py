"""Who is told what about a text in review: the reviewers that it waits, who wrote it what was decided."""

import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Comment, Page, TaskState
from wagtail.permissions import policy_registry

from accounts.models import User
from news.review.writers import writers_of
from notices.send import ON_SITE, NotSent, send_notice

logger = logging.getLogger(__name__)


def tell_reviewers(state: TaskState, *, at: datetime) -> None:
    """Tell who can approve it that it waits; call it after the transaction has committed."""
    page = state.workflow_state.content_object
    sender = state.workflow_state.requested_by
    _tell(reviewers_of(page), state, kind="post_sent_in", at=at, who=_name(sender))


def tell_decision(state: TaskState, *, by: User, at: datetime) -> None:
    """Tell who sent it in and who wrote it what was decided, and when it goes live."""
    page = state.workflow_state.content_object
    sent_back = state.status == TaskState.STATUS_REJECTED
    concerned = {state.workflow_state.requested_by_id, page.owner_id} - {by.pk, None}
    _tell(
        User.objects.filter(pk__in=concerned, is_active=True),
        state,
        kind="post_sent_back" if sent_back else "post_approved",
        at=at,
        who=_name(by),
        remarks=Comment.objects.filter(page=page, resolved_at=None).count(),
        goes_live=_moment(page),
    )


def reviewers_of(page: Page) -> list[User]:
    """Return who can approve a page: those who review, the administrators where nobody else can."""
    writers = writers_of(page)
    policy = policy_registry.get_by_type(Page)
    able = [user for user in policy.users_with_permission_for_instance("publish", page) if user.is_active]
    others = [user for user in able if user.pk not in writers]
    return [user for user in others if not user.is_superuser] or others


def _tell(people: Iterable[User], state: TaskState, *, kind: str, at: datetime, **words: Any) -> None:
    page = state.workflow_state.content_object
    context = {"title": page.specific_deferred.get_admin_display_title(), "comment": state.comment, **words}
    for person in people:
        try:
            send_notice(
                kind=kind,
                to=ON_SITE,
                user=person,
                context=context,
                at=at,
                key=f"{kind}.{state.pk}:{person.pk}",
                url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
            )
        except NotSent:
            logger.exception("a notice of %s stays unsent", kind)


def _moment(page: Page) -> str:
    """Return when an approved page goes live, "" when it has."""
    scheduled = page.scheduled_revision
    if scheduled is None or scheduled.approved_go_live_at is None:
        return ""
    return f"{timezone.localtime(scheduled.approved_go_live_at):%Y-%m-%d %H:%M}"


def _name(user: User | None) -> str:
    return get_user_display_name(user) if user else ""
