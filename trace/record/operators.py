"""Who looks after the record: whoever may decide on a thing is told when there is one to decide on."""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet

from accounts.models import User
from notices.send import ON_SITE, NotSent, send_notice

logger = logging.getLogger(__name__)


def operators(permission: str) -> QuerySet[User]:
    """Return the people with the permission, administrators among them."""
    people: QuerySet[User] = ModelBackend().with_perm(permission)
    return people


def tell_operators(
    permission: str, *, kind: str, context: Mapping[str, Any], url: str, key: str, at: datetime
) -> None:
    """Put a notice into the inbox of everybody with the permission, once for each `key`."""
    for user in operators(permission):
        try:
            send_notice(
                kind=kind, to=ON_SITE, user=user, context=context, url=url, key=f"{key}.{user.pk}", at=at
            )
        except NotSent:
            logger.exception("the notice %s could not be put into an inbox", kind)
