"""How much one request may send, by address: decided from its length before a byte of it is read.

A WSGI request is never read beyond its Content-Length (PEP 3333, django.core.handlers.wsgi), and one that
tells none is read as empty: so the length it tells is all that has to be judged. Forms judge each file.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

MB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class UploadLimit:
    """The most bytes of one request to addresses that match `path`, from the start of the path on."""

    path: str
    most: int
    signed_in: bool = False
    """Only for somebody who is signed in: everybody else has the usual limit there."""


class UploadLimits:
    """The limits of a site: the first that matches counts, else `usual`."""

    def __init__(self, limits: Iterable[UploadLimit], *, usual: int) -> None:
        self._limits = [(re.compile(limit.path), limit) for limit in limits]
        self.usual = usual
        self.smallest = min([usual, *(limit.most for __, limit in self._limits)])

    def most(self, path: str, *, signed_in: bool) -> int:
        """Return how many bytes a request to `path` may have."""
        for pattern, limit in self._limits:
            if pattern.match(path) and (signed_in or not limit.signed_in):
                return limit.most
        return self.usual


def told_length(header: str) -> int:
    """Return the bytes that a Content-Length tells; nonsense is none."""
    return int(header) if header.isascii() and header.isdigit() else 0
