"""The part of a file that a reader asks for (RFC 9110 §14): one range, to take a download up again."""

import re
from typing import Final

_ONE_RANGE: Final = re.compile(r"^bytes=(\d{0,18})-(\d{0,18})$", re.ASCII | re.IGNORECASE)


class NotSatisfiable(ValueError):
    """The range lies behind the end of the file."""


def asked_range(header: str, *, size: int, if_range: str = "", etag: str = "") -> tuple[int, int] | None:
    """Return the first and the last byte asked for, or None where the whole is to be sent.

    The whole is the answer to what is not understood, to several ranges at once, and where `if_range` names
    another content than `etag` does: a reader that kept half of an older file gets all of the new one.

    Raises:
        NotSatisfiable: nothing of the file lies in the range.
    """
    asked = _ONE_RANGE.match(header)
    if asked is None or asked.groups() == ("", "") or (if_range and if_range != etag):
        return None
    first, last = asked.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end:
        raise NotSatisfiable(header)
    return start, end
