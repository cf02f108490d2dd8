"""The one way to send a message to a person: by SMS to a phone number, by e-mail to an address, on the site.

A notice is written down before its gateway is asked and gets its outcome afterwards, each in a short
transaction of its own, so that a slow gateway holds no lock and a failure leaves a trace.
"""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.module_loading import import_string

from notices.gateways import GatewayError, Message
from notices.models import Notice

logger = logging.getLogger(__name__)

ON_SITE = "site"  # instead of a number or an address: the person reads it under /accounts/ and in /cms/
ABANDONED_AFTER = timedelta(minutes=5)  # longer than any gateway may take


class NotSent(RuntimeError):
    """The gateway did not take the message; the notice says why."""

    def __init__(self, notice: Notice) -> None:
        super().__init__(f"{notice.kind} to {notice.channel}: {notice.error}")
        self.notice = notice


def send_notice(
    *,
    kind: str,
    to: str,
    context: Mapping[str, Any],
    at: datetime,
    user: AbstractBaseUser | None = None,
    key: str = "",
    secret: bool = False,
    url: str = "",
) -> Notice:
    """Send the message `kind` to a phone number, an e-mail address or a user's inbox; return its record.

    The words are in `notices/<kind>.sms.txt`, or in `notices/<kind>.email.txt` or `….site.txt` with
    `….subject.txt`. `url` is where a notice on the site leads to. With a `key` the message goes out once,
    however often this is called; one that failed is tried again. The text of a `secret` message (a code)
    is not kept.

    Raises:
        NotSent: the gateway refused or could not be reached.
        ValueError: a notice on the site is for nobody.
    """
    channel = _channel(to)
    if channel == Notice.Channel.SITE and user is None:
        raise ValueError("a notice on the site needs its user")
    message = _written(kind, channel, to, context)
    text = "" if secret else message.text
    notice, mine = _noted(message, channel, user, key=key, text=text, url=url, at=at)
    if not mine:
        return notice
    try:
        import_string(settings.NOTICE_GATEWAYS[channel])(message)
    except GatewayError as error:
        _settle(notice, state=Notice.State.FAILED, error=str(error))
        logger.error("%s notice %s was not sent: %s", channel, kind, error)
        raise NotSent(notice) from error
    _settle(notice, state=Notice.State.SENT, error="", sent_at=at)
    return notice


def _channel(to: str) -> Notice.Channel:
    if to == ON_SITE:
        return Notice.Channel.SITE
    return Notice.Channel.EMAIL if "@" in to else Notice.Channel.SMS


def _written(kind: str, channel: str, to: str, context: Mapping[str, Any]) -> Message:
    """Return the message with its words filled in."""
    name = f"notices/{kind}.{channel}.txt"
    subject = ""
    if channel != Notice.Channel.SMS:
        subject = " ".join(render_to_string(f"notices/{kind}.subject.txt", dict(context)).split())
    text = render_to_string(name, dict(context)).strip()
    params = {key: str(value) for key, value in context.items() if isinstance(value, str | int | float)}
    return Message(kind=kind, to=to, subject=subject, text=text, params=params)


def _noted(
    message: Message,
    channel: str,
    user: AbstractBaseUser | None,
    *,
    key: str,
    text: str,
    url: str,
    at: datetime,
) -> tuple[Notice, bool]:
    """Write the notice down, or return the one that has its key already; tell whether we are to send it."""
    fields = {
        "kind": message.kind,
        "channel": channel,
        "address": message.to,
        "user": user,
        "subject": message.subject,
        "text": text,
        "url": url,
        "created_at": at,
    }
    if not key:
        return Notice.objects.create(**fields), True
    try:
        with transaction.atomic():
            return Notice.objects.create(key=key, **fields), True
    except IntegrityError:
        return Notice.objects.get(key=key), _claim(key, at)


def _claim(key: str, at: datetime) -> bool:
    """Take over a notice that failed or whose sender died; of two who try, the update lets one through."""
    failed = Q(state=Notice.State.FAILED)
    abandoned = Q(state=Notice.State.SENDING, created_at__lt=at - ABANDONED_AFTER)
    waiting = Notice.objects.filter(failed | abandoned, key=key)
    return waiting.update(state=Notice.State.SENDING, created_at=at) == 1


def _settle(notice: Notice, **outcome: Any) -> None:
    for name, value in outcome.items():
        setattr(notice, name, value)
    notice.save(update_fields=list(outcome))
