"""Tickets: the part of a video's address that lets one person watch it for a while.

A private video is sent to whoever brings a ticket that we signed for that video and that has not expired.
The ticket stands in the path, before the name of the file, so that what a playlist names beside itself
carries it too. Nothing is looked up to check one: who leaves a course, or hands a ticket on, goes on watching
with it until it expires, half an hour at most. The right is asked for whenever a new one is fetched.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.utils.crypto import constant_time_compare, salted_hmac

from training.videos.video import Video

OPEN: Final = "open"  # stands for a ticket where everybody may watch
_SALT: Final = "training.videos.tickets"
# to watch it once with pauses; the page fetches a new one before. Without scripts a longer film stops there,
# and goes on when the page is loaded again
_AT_LEAST: Final = timedelta(minutes=10)
_AT_MOST: Final = timedelta(minutes=30)
_DIGITS: Final = 40  # of the signature, in hexadecimal: 160 bits


class NoTicket(PermissionError):
    """The ticket is not ours, is for something else, or has expired."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a ticket says: which video, for whom (0: nobody signed in), until when."""

    key: str
    person: int
    until: datetime

    def __str__(self) -> str:
        said = f"{self.person:x}.{int(self.until.timestamp()):x}"
        return f"{said}.{_signature(self.key, said)}"


def issue_ticket(*, video: Video, person: int, at: datetime) -> Ticket:
    """Return a ticket for `person` to watch `video`: for one and a half times its length, 10 to 30 min."""
    lasts = min(_AT_MOST, max(_AT_LEAST, timedelta(seconds=video.seconds * 1.5)))
    return Ticket(video.key, person, at + lasts)


def read_ticket(text: str, *, key: str, at: datetime) -> Ticket:
    """Return the ticket to the video `key` that `text` is.

    Raises:
        NoTicket: it is none, or none any more.
    """
    said, _, signature = text.rpartition(".")
    if not constant_time_compare(signature, _signature(key, said)):
        raise NoTicket("not signed by us for this video")
    person, until = (int(number, 16) for number in said.split("."))
    ticket = Ticket(key, person, datetime.fromtimestamp(until, UTC))
    if ticket.until <= at:
        raise NoTicket("expired")
    return ticket


def _signature(key: str, said: str) -> str:
    return salted_hmac(_SALT, f"{key}/{said}", algorithm="sha256").hexdigest()[:_DIGITS]
