"""Telling people that alerts were opened and closed: once each, on the site and by e-mail.

Alerts that one look opened for one rule are told in one message: when a broker fails, every device is
silent at once. They share their time, which makes the key of the message, so that a message that failed is
tried again and nobody gets one twice.
"""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from notices.send import ON_SITE, NotSent, send_notice
from telemetry.alerts.words import sentence
from telemetry.models import Alert, AlertRule

TOLD_BY = "trace_operator"  # the role that hears of what nobody is named for
GIVEN_UP_AFTER = timedelta(days=1)

log = logging.getLogger(__name__)


def tell_of_alerts(*, at: datetime) -> int:
    """Send what has not been told and return how many groups of alerts were told completely."""
    related = Alert.objects.select_related("rule", "device__base", "camera__base")
    opened = related.filter(opening_told_at=None).order_by("rule_id", "opened_at", "pk")
    closed = related.filter(closing_told_at=None, closed_at__isnull=False).exclude(opening_told_at=None)
    told = sum(_tell(group, "opened", at) for group in _groups(opened, "opened_at"))
    return told + sum(
        _tell(group, "closed", at)
        for group in _groups(closed.order_by("rule_id", "closed_at", "pk"), "closed_at")
    )


def recipients(rule: AlertRule) -> QuerySet[User]:
    """Return who is told: those the rule names, else every trace operator."""
    named = rule.recipients.filter(is_active=True)
    if named.exists():
        return named
    return User.objects.filter(is_active=True, groups__role__slug=TOLD_BY).distinct()


def _groups(alerts: QuerySet[Alert], moment: str) -> Iterator[list[Alert]]:
    for _key, group in groupby(alerts, key=lambda alert: (alert.rule_id, getattr(alert, moment))):
        yield list(group)


def _tell(alerts: list[Alert], what: str, at: datetime) -> bool:
    """Tell everybody concerned of alerts of one rule that began, or ended, together."""
    rule = alerts[0].rule
    moment = alerts[0].opened_at if what == "opened" else alerts[0].closed_at
    assert moment is not None  # noqa: S101 - closed alerts have one
    people = recipients(rule)
    arrived = [_send(alerts, what, user, moment, at) for user in people]
    if not all(arrived) and at - moment < GIVEN_UP_AFTER:
        return False
    field = "opening_told_at" if what == "opened" else "closing_told_at"
    Alert.objects.filter(pk__in=[alert.pk for alert in alerts]).update(**{field: at})
    return True


def _send(alerts: list[Alert], what: str, user: User, moment: datetime, at: datetime) -> bool:
    """Tell one person by every way there is; a way that failed is tried again at the next look."""
    rule = alerts[0].rule
    url = reverse("telemetry-alerts:index")
    with translation.override(settings.LANGUAGE_CODE):
        context = {
            "rule": rule.name,
            "count": len(alerts),
            "moment": timezone.localtime(moment),
            "sentences": [sentence(alert, at=at) for alert in alerts],
        }
        arrived = True
        for to in filter(None, (ON_SITE, user.email)):
            key = f"alerts-{what}:{rule.pk}:{moment.timestamp()}:{user.pk}:{'mail' if '@' in to else to}"
            try:
                send_notice(kind=f"alerts_{what}", to=to, context=context, at=at, user=user, key=key, url=url)
            except NotSent:
                log.warning("alerts of %s could not be told", rule)
                arrived = False
    return arrived
