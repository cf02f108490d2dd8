"""What a visitor is told who typed the digits under the coating."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Answer(StrEnum):
    """The answers."""

    RIGHT = "right"
    SEEN = "seen"  # right, and another phone gave the digits before
    WRONG = "wrong"
    LENGTH = "length"
    LATER = "later"  # closed for an hour
    LOCKED = "locked"  # closed until an operator has looked
    SLOW = "slow"  # this visitor guesses too much
    NONE = "none"  # no scratch field, or not in use


@dataclass(frozen=True, slots=True)
class PinAnswer:
    """One answer, with what its sentence needs."""

    kind: Answer
    at: datetime | None = None  # when the digits were first given, or until when to wait
    left: int = 0  # further tries


STATUS = {Answer.RIGHT: 200, Answer.SEEN: 200, Answer.LATER: 429, Answer.SLOW: 429, Answer.LOCKED: 403}
REFUSED = 400  # every other answer
