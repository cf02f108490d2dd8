"""Finding the words of the list in a text, whatever their width, case and the spaces in them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from news.checks.folding import fold, folded
from news.checks.models import SensitiveWord

_AROUND = 8  # characters of the text on both sides, so that the place is found again


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of the list in a text; `around` is the text it stands in."""

    word: SensitiveWord
    around: str


def hits(text: str, words: Iterable[SensitiveWord]) -> Iterator[Hit]:
    """Yield each word of the list that the text says, once; not where it is part of one that is all right."""
    letters = fold(text)
    flat = "".join(letter for letter, _at in letters)
    for word in words:
        start = next(_meant(flat, word), None)
        if start is not None:
            first, last = letters[start][1], letters[start + len(folded(word.word)) - 1][1]
            yield Hit(word, text[max(0, first - _AROUND) : last + 1 + _AROUND].strip())


def _meant(flat: str, word: SensitiveWord) -> Iterator[int]:
    """Yield where it stands by itself."""
    wanted = folded(word.word)
    free = [span for text in word.exceptions for span in _spans(flat, folded(text))]
    for start, end in _spans(flat, wanted):
        if not any(first <= start and end <= last for first, last in free):
            yield start


def _spans(flat: str, wanted: str) -> Iterator[tuple[int, int]]:
    start = flat.find(wanted)
    while start >= 0:
        yield start, start + len(wanted)
        start = flat.find(wanted, start + 1)
