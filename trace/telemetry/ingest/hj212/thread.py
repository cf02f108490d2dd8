"""The listener beside another part of the same process, which saves the memory of a process of its own."""

import logging
from threading import Event, Thread

from django.conf import settings

from telemetry.ingest.hj212.server import run_listener

log = logging.getLogger(__name__)

PAUSE = 10.0  # s before a listener that ended is tried again


def parse_address(text: str) -> tuple[str, int]:
    """Return host and port of `0.0.0.0:9212` or `[::]:9212`.

    Raises:
        ValueError: it is no address.
    """
    host, _colon, port = text.rpartition(":")
    if not (host and port.isascii() and port.isdigit() and int(port) < 65_536):
        raise ValueError(f"{text!r} is not address:port")
    return host.strip("[]"), int(port)


def start_listener(stop: Event) -> Thread | None:
    """Start listening where HJ212_LISTEN says; None where it says nothing.

    What ends the listener (its address is taken) ends nothing else: it is tried again until `stop` is set.
    """
    if not settings.HJ212_LISTEN:
        return None
    thread = Thread(target=_listen, args=(stop,), name="hj212", daemon=True)
    thread.start()
    return thread


def _listen(stop: Event) -> None:
    host, port = parse_address(settings.HJ212_LISTEN)
    while not stop.is_set():
        try:
            run_listener(host=host, port=port, stop=stop)
        except Exception:
            log.exception("HJ 212: the listener at %s ended; trying again", settings.HJ212_LISTEN)
            stop.wait(PAUSE)
