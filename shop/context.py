"""What Oscar's templates know of the visitor, asked for only when a template does.

Oscar's own processor looks up the user for every page: that reads the session, and no page could be
kept for everybody.
"""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from oscar.apps.communication.notifications.context_processors import notifications as oscar_notifications


def notifications(request: HttpRequest) -> dict[str, Any]:
    """Give templates `num_unread_notifications`, counted on first use."""
    return {"num_unread_notifications": SimpleLazyObject(lambda: _unread(request))}


def _unread(request: HttpRequest) -> int:
    return oscar_notifications(request).get("num_unread_notifications", 0)
