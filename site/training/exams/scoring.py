"""Marking by rule: what an answer to a closed question earns. Pure: no database, no clock.

One is right, right or wrong: all points or none. Several are right: any wrong choice earns nothing; all of
them earn the points; some of them, where the paper gives part of the points, their share rounded down to
half a point. Fill in: all points for one of the accepted ways of writing, whatever the width, case, spaces
or full stop.
"""

import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from training.exams.questions import Question

NOTHING: Final = Decimal(0)
_STOPS: Final = ".。,，;；!！?？"


def earned(
    *, kind: str, right: Sequence[str], answer: Sequence[str], points: int, partial: bool
) -> Decimal | None:
    """Return what an answer earns, None where a person must read it. No answer earns nothing."""
    if not answer:
        return NOTHING
    if kind in Question.BY_HAND:
        return None
    if kind == Question.Kind.FILL_IN:
        return Decimal(points) if plain(answer[0]) in map(plain, right) else NOTHING
    return _chosen(set(right), set(answer), points, partial=partial and kind == Question.Kind.MULTIPLE)


def plain(text: str) -> str:
    """Return a text as it is compared: one width, one case, no spaces, no stop at the end."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(folded.split()).rstrip(_STOPS)


def _chosen(right: set[str], answer: set[str], points: int, *, partial: bool) -> Decimal:
    if answer == right:
        return Decimal(points)
    if not partial or not answer < right:
        return NOTHING
    return Decimal(points * len(answer) * 2 // len(right)) / 2
