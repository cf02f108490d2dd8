"""Telling officers and those who lead a class, on the site. What fails stops nothing."""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from accounts.models import User
from notices.send import ON_SITE, NotSent, send_notice

logger = logging.getLogger(__name__)


def officers() -> QuerySet[User]:
    """Return who oversees classes, by role or by a group of their own."""
    may = {
        "groups__permissions__codename": "oversee_trainingclass",
        "groups__permissions__content_type__app_label": "training",
    }
    return User.objects.filter(is_active=True, **may).distinct()


def tell(
    people: Iterable[User], kind: str, context: dict[str, str], *, at: datetime, key: str, url: str
) -> None:
    """Tell people, each once per `key`."""
    for person in people:
        try:
            send_notice(
                kind=kind,
                to=ON_SITE,
                user=person,
                context=context,
                at=at,
                key=f"{key}:{person.pk}",
                url=url,
            )
        except NotSent:
            logger.exception("a notice of %s stays unsent", kind)
