"""Notices to members and to officers, on the site. What fails stops nothing."""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from accounts.models import User
from brand.members.models import Member
from notices.send import ON_SITE, NotSent, send_notice

logger = logging.getLogger(__name__)


def tell_member(
    member: Member, *, kind: str, context: Mapping[str, Any], at: datetime, key: str, url: str = ""
) -> None:
    """Tell everybody who acts for `member`, once per `key`; call it after the transaction has committed."""
    people = User.objects.filter(represents__member=member)
    _tell(people, kind=kind, context=context, at=at, key=key, url=url)


def tell_officers(*, kind: str, context: Mapping[str, Any], at: datetime, key: str, url: str = "") -> None:
    """Tell every brand officer, once per `key`; call it after the transaction has committed."""
    officers = User.objects.filter(groups__role__slug="brand_officer", is_active=True)
    _tell(officers, kind=kind, context=context, at=at, key=key, url=url)


def _tell(
    people: Iterable[User], *, kind: str, context: Mapping[str, Any], at: datetime, key: str, url: str
) -> None:
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
            logger.exception("a notice of %s stays unsent; the next run tries again", kind)
