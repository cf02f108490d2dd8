"""Looking at the addresses of other sites that posts lead to: kept with what was found, looked at again."""

import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from threading import Thread
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

import urllib3
from django.conf import settings
from django.db import transaction

from lib.addresses import ForbiddenAddress, PrivateAddress, connection_to
from news.checks.links import HIDDEN_AFTER, outside_addresses
from news.checks.models import LOOKED_AT_EVERY, OutsideLink

MOST_IN_A_ROUND = 20
MOST_SECONDS = 20.0  # of a round: other work of the worker waits behind it
MOST_HOPS = 4
AGAIN_AFTER = timedelta(minutes=5)  # a first failure; the second is told
_TIMEOUT = urllib3.Timeout(connect=4, read=4)
_HEADERS = {"User-Agent": "Mozilla/5.0 (compatible; fengtu link check)", "Accept": "text/html,*/*;q=0.5"}
_GONE = {404, 410}
_MOVED = {301, 302, 303, 307, 308}

Answer = tuple[str, int | None]  # what is wrong, and the status


def note_links(*, post: Any, at: datetime) -> None:
    """Keep which addresses of other sites a post leads to now; new ones are looked at in the next round."""
    wanted = outside_addresses(post)
    with transaction.atomic():
        OutsideLink.objects.bulk_create(
            [OutsideLink(url=url, due_at=at) for url in sorted(wanted)], ignore_conflicts=True
        )
        post.outside_links.set(OutsideLink.objects.filter(url__in=wanted))


def look_at_due(*, at: datetime, seconds: float = MOST_SECONDS) -> int:
    """Look at the addresses whose time has come, and forget those no post leads to; return how many.

    Nothing is locked while other sites are asked: of two workers the later writes, and both saw the same.
    """
    OutsideLink.objects.filter(posts=None, due_at__lte=at).delete()
    due = list(OutsideLink.objects.filter(due_at__lte=at).order_by("due_at", "pk")[:MOST_IN_A_ROUND])
    answers = _ask_all([row.url for row in due], seconds)
    for row in due:
        _keep(row, answers.get(row.url, (OutsideLink.Trouble.SILENT, None)), at)
    return len(due)


def ask(url: str, *, allowed: Sequence[str] = ()) -> Answer:
    """Ask for an address, follow where it sends us, and say what is wrong with it, "" when nothing is."""
    for _hop in range(MOST_HOPS):
        try:
            status, location = _status(urlsplit(url), allowed)
        except PrivateAddress:
            return OutsideLink.Trouble.UNSAFE, None
        except (ForbiddenAddress, urllib3.exceptions.HTTPError, OSError, ValueError):
            return OutsideLink.Trouble.SILENT, None
        if status not in _MOVED or not location:
            return _trouble(status), status
        url = urljoin(url, location)
    return OutsideLink.Trouble.FAILING, status


def _ask_all(urls: Sequence[str], seconds: float) -> dict[str, Answer]:
    """Ask for all at once; who drags the answer out over `seconds` is left to it."""
    answers: dict[str, Answer] = {}

    def note(url: str) -> None:
        answers[url] = ask(url, allowed=settings.LINK_CHECK_HOSTS)

    threads = [Thread(target=note, args=[url], daemon=True) for url in urls]
    until = time.monotonic() + seconds
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, until - time.monotonic()))
    return dict(answers)


def _keep(row: OutsideLink, answer: Answer, at: datetime) -> None:
    row.trouble, row.status = answer
    row.failures = row.failures + 1 if row.trouble else 0
    row.checked_at = at
    row.due_at = at + (AGAIN_AFTER if 0 < row.failures < HIDDEN_AFTER else LOOKED_AT_EVERY)
    row.save(update_fields=["trouble", "status", "failures", "checked_at", "due_at"])


def _trouble(status: int) -> str:
    if status < 400:
        return ""
    if status in _GONE:
        return OutsideLink.Trouble.GONE
    return OutsideLink.Trouble.REFUSED if status < 500 else OutsideLink.Trouble.FAILING


def _status(parts: SplitResult, allowed: Sequence[str]) -> tuple[int, str]:
    """Return the status and where it sends us; the page itself is not read."""
    with connection_to(parts, allowed=allowed, timeout=_TIMEOUT) as pool:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {**_HEADERS, "Host": parts.netloc.rpartition("@")[2]}
        answer = pool.urlopen(
            "GET", target, headers=headers, redirect=False, retries=False, preload_content=False
        )
        try:
            return answer.status, answer.headers.get("Location", "")
        finally:
            answer.close()
