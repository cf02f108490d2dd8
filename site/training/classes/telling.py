"""Telling officers and those who lead a class, on the site. What fails stops nothing."""

import logging
from collections.abc import Iterable
from datetime import datetime

from accounts.models import User
from notices.send import ON_SITE, NotSent, send_notice

logger = logging.getLogger(__name__)


def tell_officers(kind: str, context: dict[str, str], *, at: datetime, key: str, url: str) -> None:
    """Tell every training officer, once per `key`."""
    officers = User.objects.filter(groups__role__slug="training_officer", is_active=True)
    tell(officers, kind, context, at=at, key=key, url=url)


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
