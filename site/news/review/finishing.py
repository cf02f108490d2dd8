"""What happens when the last reviewer has approved. Named in settings.WAGTAIL_FINISH_WORKFLOW_ACTION.

Wagtail imports this module before there are models: it imports none.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from wagtail.workflows import publish_workflow_state


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publish the page, or schedule it. A post asks nobody for a right to publish: the approval is the right.

    Raises:
        PermissionDenied: who approved it wrote of it, in a workflow that allows that.
    """
    from cms.reviewed import OnlyByReview
    from news.review.writers import has_written

    page: Any = workflow_state.content_object.specific
    if not issubclass(type(page), OnlyByReview):
        publish_workflow_state(workflow_state, user=user)
        return
    if user is not None and has_written(user, page):
        raise PermissionDenied("A post is approved by somebody who has written none of it.")
    page.get_latest_revision().publish(user=user, skip_permission_checks=True)
