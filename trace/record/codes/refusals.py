"""Why an act on codes is refused: sentences for whoever asked for it."""

from collections.abc import Sequence

from django.utils.functional import Promise

_SHOWN = 5


class CodesRefused(ValueError):
    """An act on codes cannot be done as asked: `reasons` are sentences for the operator."""

    def __init__(self, reasons: Sequence[Promise | str]) -> None:
        super().__init__(" ".join(str(reason) for reason in reasons))
        self.reasons = list(reasons)


class NotVoidable(ValueError):
    """The code is void already, or no reason was given."""


def some(serials: Sequence[str]) -> str:
    """Return the first few of `serials` for a sentence; … stands for more."""
    more = " …" if len(serials) > _SHOWN else ""
    return ", ".join(serials[:_SHOWN]) + more
