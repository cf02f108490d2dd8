"""Sending the letters of the week: one after the other, each once, whatever stops in between.

A row is claimed before its letter goes to the mail server and settled after. What was claimed when the worker
died, or when the server fell silent in the middle, stays as it is: perhaps it arrived, and nobody shall get a
letter twice. What surely did not leave goes back and is tried again.
"""

import logging
import time
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPResponseException
from typing import Any, Final

from django.core.mail import get_connection
from django.db import transaction
from django.db.models import F

from news.digests.letters import Issue, issue_of, letter
from news.digests.models import Delivery, Digest, Subscription

BUDGET: Final = 15.0  # s: the worker has posts to publish within a minute
TRIES: Final = 5
REST: Final = timedelta(minutes=30)
REFUSED_FOR_GOOD: Final = 3  # letters in a row that a mail server refused: the address is forgotten
_PERMANENT: Final = 500  # replies of mail servers from here on will not change (RFC 5321)

State = Delivery.State
logger = logging.getLogger(__name__)


def send_waiting(*, at: datetime, seconds: float = BUDGET) -> int:
    """Send letters that wait, for so many seconds at most; return how many the mail server took.

    One address that is refused does not stop the others; a mail server that does not answer ends the turn.
    """
    until, sent = time.monotonic() + seconds, 0
    waiting = Delivery.objects.filter(state=State.WAITING, due_at__lte=at).order_by("due_at", "id")
    if not waiting.exists():
        return 0
    issues: dict[int, Issue] = {}
    connection = get_connection()
    try:
        connection.open()
        readers = waiting.select_related("subscription__region__site")
        while time.monotonic() < until and (delivery := readers.first()):
            if _claim(delivery):
                sent += _send(delivery, _issue(delivery, issues), connection, at)
    except OSError:  # smtplib's errors are among them; the letter in hand stays claimed
        logger.warning("the mail server stopped answering; the next minute tries again", exc_info=True)
    finally:
        connection.close()
    return sent


def forget_deliveries(*, at: datetime) -> None:
    """Forget which address got which letter once the letter is eight weeks old; its numbers stay."""
    Delivery.objects.filter(digest__made_at__lt=at - timedelta(weeks=8)).delete()


def _issue(delivery: Delivery, known: dict[int, Issue]) -> Issue:
    """Return the letter as it is written; each is written once in a turn."""
    pk = delivery.digest_id
    if pk not in known:
        known[pk] = issue_of(Digest.objects.select_related("region__site").get(pk=pk))
    return known[pk]


def _claim(delivery: Delivery) -> bool:
    """Take a letter; of two workers the update lets one through, and of one whose reader left none."""
    mine = Delivery.objects.filter(pk=delivery.pk, state=State.WAITING)
    return mine.update(state=State.SENDING, tries=F("tries") + 1) == 1


def _send(delivery: Delivery, issue: Issue, connection: Any, at: datetime) -> int:
    try:
        connection.send_messages([letter(issue, delivery.subscription)])
    except SMTPRecipientsRefused as error:
        code = max((reply[0] for reply in error.recipients.values()), default=0)
        _put_off(delivery, at) if code < _PERMANENT else _refused(delivery)
    except SMTPDataError as error:  # of this letter, not of the address: a filter, or a full disk
        _put_off(delivery, at) if error.smtp_code < _PERMANENT else _failed(delivery)
    except SMTPResponseException:  # before anything of the letter was sent: it takes none from us now
        back = Delivery.objects.filter(pk=delivery.pk)
        back.update(state=State.WAITING, tries=F("tries") - 1)
        raise
    else:
        _sent(delivery)
        return 1
    return 0


def _sent(delivery: Delivery) -> None:
    with transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(state=State.SENT)
        Digest.objects.filter(pk=delivery.digest_id).update(sent=F("sent") + 1)
        Subscription.objects.filter(pk=delivery.subscription_id, refused__gt=0).update(refused=0)


def _put_off(delivery: Delivery, at: datetime) -> None:
    """Try again later, a few times."""
    if delivery.tries + 1 >= TRIES:
        _failed(delivery)
    else:
        Delivery.objects.filter(pk=delivery.pk).update(state=State.WAITING, due_at=at + REST)


def _refused(delivery: Delivery) -> None:
    """Note that there is no such mailbox; an address that is refused again and again is forgotten."""
    _failed(delivery)
    reader = Subscription.objects.filter(pk=delivery.subscription_id)
    reader.update(refused=F("refused") + 1)
    reader.filter(refused__gte=REFUSED_FOR_GOOD).delete()


def _failed(delivery: Delivery) -> None:
    with transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(state=State.FAILED)
        Digest.objects.filter(pk=delivery.digest_id).update(failed=F("failed") + 1)
