"""What is credited of what a page says was watched. Pure: no database, no clock of its own.

A page may say what it likes. Credited is what fits into time that passed on the server since the page
began to play, at no more than `ALLOWED_SPEED`, counted on one clock for each trainee:

- the clock never runs ahead of now, so that no sequence of claims earns more than elapsed time × speed;
- two tabs, two phones, two courses at once share it, so that watching twice at once counts once;
- what was credited before earns nothing again, and uses up no time;
- jumping claims nothing; what was jumped over is not in any piece;
- a page that has not begun has no time behind it, and time of more than `LOST` without a word is gone.

All times are whole milliseconds.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil

ALLOWED_SPEED = 2.0
SLOWEST = 0.25
LOST = 60_000
"""So long a phone may be without network before time is lost: a gap is made good when it is back."""
MOST_OPENINGS = 8
MOST_PIECES = 400

Piece = tuple[int, int]


@dataclass(slots=True)
class Clock:
    """Up to when the time of a trainee is spent, and when each of their pages began to play."""

    spent_until: int = 0
    openings: dict[str, int] = field(default_factory=dict)


def open_page(clock: Clock, *, page: str, at: int) -> None:
    """Note that a page begins to play: time before that is none of its own. The oldest are forgotten."""
    clock.openings.pop(page, None)
    clock.openings[page] = at
    for oldest in list(clock.openings)[:-MOST_OPENINGS]:
        del clock.openings[oldest]


def credit(
    clock: Clock, pieces: Sequence[Piece], claim: Piece, *, page: str, rate: float, at: int
) -> list[Piece]:
    """Return `pieces` with what is credited of `claim`, and spend the time for it on `clock`.

    A page that is not known yet begins now, and so earns nothing.
    """
    if page not in clock.openings or claim[1] <= claim[0]:
        open_page(clock, page=page, at=at)
        return list(pieces)
    speed = min(max(rate, SLOWEST), ALLOWED_SPEED)
    begin = max(clock.spent_until, clock.openings[page], at - LOST)
    allowed = int((at - begin) * speed) if at > begin else 0
    earned = _first(_new_in(pieces, claim), allowed)
    used = sum(end - start for start, end in earned)
    if used:
        clock.spent_until = begin + ceil(used / speed)
    return _joined([*pieces, *earned])


def total(pieces: Sequence[Piece]) -> int:
    """Return how long pieces without overlap are together."""
    return sum(end - start for start, end in pieces)


def _new_in(pieces: Sequence[Piece], claim: Piece) -> list[Piece]:
    """Return what of a claim is in none of the pieces, in its order."""
    found, start = [], claim[0]
    for first, last in pieces:
        if last <= start:
            continue
        if first >= claim[1]:
            break
        if first > start:
            found.append((start, first))
        start = max(start, last)
    if start < claim[1]:
        found.append((start, claim[1]))
    return found


def _first(pieces: Sequence[Piece], most: int) -> list[Piece]:
    """Return the beginning of `pieces`, no longer than `most`."""
    taken = []
    for start, last in pieces:
        end = min(last, start + most)
        if end <= start:
            break
        taken.append((start, end))
        most -= end - start
    return taken


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Return pieces in their order, those that touch made one; of too many the shortest are given up."""
    joined: list[Piece] = []
    for start, end in sorted(pieces):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    if len(joined) > MOST_PIECES:
        longest = sorted(joined, key=lambda piece: piece[0] - piece[1])[:MOST_PIECES]
        joined = sorted(longest)
    return joined
