"""Sending a post for review: once it has been looked at, and whoever sends it has seen what was found."""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, WorkflowState

from accounts.models import User
from news.checks.findings import Finding, Weight
from news.checks.looking import look
from news.models import NewsPage


class NotSent(Exception):
    """It did not go for review; `reason` says why, `findings` what stands in the way."""

    def __init__(self, reason: str, findings: Collection[Finding] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.findings = findings


def send_for_review(*, post: NewsPage, by: User, at: datetime, seen: Collection[str] = ()) -> None:
    """Send the newest version of a post for review.

    `seen` are the keys of the findings about which `by` says that they are meant so; that is kept in the
    history of the post.

    Raises:
        NotSent: something stops it, asks and was not seen, or it is in review already.
    """
    draft = post.get_latest_revision_as_object()
    findings = look(draft, at=at)
    asked = [found for found in findings if found.weight is Weight.ASKS]
    if any(found.weight is Weight.STOPS for found in findings):
        raise NotSent(_("Something has to be put right first."), findings)
    if any(found.key not in seen for found in asked):
        raise NotSent(_("Look at what was found, and say that it is meant so."), findings)
    with transaction.atomic():
        begin_review(draft, by)
        if asked:
            log(draft, "news.meant_so", user=by, data={"findings": [found.says for found in asked]})


def begin_review(draft: Page, by: User) -> None:
    """Begin a review, or go on with the one that asked for changes.

    Raises:
        NotSent: it is in review already, or locked.
    """
    if draft.workflow_in_progress or not draft.permissions_for_user(by).can_submit_for_moderation():
        raise NotSent(_("It is in review already, or locked."))
    state = draft.current_workflow_state
    try:
        with transaction.atomic():
            if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
                state.resume(by)
            else:
                draft.get_workflow().start(draft, by)
    except (IntegrityError, ValidationError) as error:
        # of two clicks at once, Wagtail's constraint lets one through
        raise NotSent(_("It is in review already.")) from error
