"""Handing over: Django checks who asks for a large file, the server sends it without holding a page thread.

A view answers as any view does, and hands over a `Sending`: the ASGI application in front (config.sending)
has put a slot for it into the scope of the request. What is refused never gets there: it is a page.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

SLOT: Final = "fengtu.sending"  # key of the scope
# what was uploaded is looked at by programs of its own; in a browser it does not act
_POLICY: Final = "default-src 'none'; sandbox"


class Outcome(StrEnum):
    """How a sending ended."""

    COMPLETED = "completed"
    ABORTED = "aborted"
    STOPPED = "stopped"


class MayNotGoOn(PermissionError):
    """The right to what is being sent was lost meanwhile; the text says why."""


class NoSender(RuntimeError):
    """Nothing in front of Django takes sendings: the server runs another application than config.asgi."""


@dataclass(frozen=True, slots=True)
class Sending:
    """A file, or what reads like one. Its functions block; they are called in threads, never two at a time.

    `read` yields the bytes from a place on; the sender asks for no more than it can pass on, and an empty
    block says that more comes later. `check` raises `MayNotGoOn`. `begun` and `ended` write the log: how it
    ended, how many bytes went out, why. `owner` is whose sendings are counted together.
    """

    size: int
    etag: str  # as in the header, with its quotation marks
    read: Callable[[int], Iterator[bytes]]
    check: Callable[[], None]
    begun: Callable[[], None]
    ended: Callable[[Outcome, int, str], None]
    owner: str = ""


@dataclass(slots=True)
class Slot:
    """Where a view puts what is to be sent. `running` counts the sendings of each owner in this process."""

    running: Mapping[str, int]
    sending: Sending | None = field(default=None)


def slot_of(request: HttpRequest) -> Slot:
    """Return the slot of a request.

    Raises:
        NoSender: there is none.
    """
    slot = request.META.get("asgi.scope", {}).get(SLOT)
    if slot is None:
        raise NoSender("serve config.asgi:application: nothing else here sends files")
    return slot


def hand_over(request: HttpRequest, sending: Sending, *, name: str, content_type: str) -> HttpResponse:
    """Return the head of the answer; its body is sent by whoever made the slot.

    Raises:
        NoSender: there is no slot.
    """
    slot_of(request).sending = sending
    response = HttpResponse(content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Content-Security-Policy"] = _POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
