"""Why nothing was moved, in sentences for the person who tried."""

from collections.abc import Iterable

from django.utils.functional import Promise


class PackagingRefused(ValueError):
    """Nothing was changed; `reasons` say why in plain words."""

    def __init__(self, *reasons: Promise | str) -> None:
        super().__init__(" ".join(str(reason) for reason in reasons))
        self.reasons = list(reasons)


class NotEnough(PackagingRefused):
    """There is less of it than was asked to move."""


class SettledAlready(PackagingRefused):
    """Somebody else decided a moment before, or it is over for another reason."""


def refuse_if(reasons: Iterable[Promise | str]) -> None:
    """Refuse when there is a reason.

    Raises:
        PackagingRefused: with all of them.
    """
    if found := list(reasons):
        raise PackagingRefused(*found)
