"""Text as it is compared: without what only makes it look different."""

import re
import unicodedata

_NO_LETTER = re.compile(r"[\W_]+")  # spaces, marks, and characters nobody sees


def folded(text: str) -> str:
    """Return the letters and digits of a text, full-width ones made plain, in lower case."""
    return "".join(piece for piece, _at in fold(text))


def fold(text: str) -> list[tuple[str, int]]:
    """Return them one by one with the place where each stands in the text."""
    return [
        (letter, at)
        for at, character in enumerate(text)
        for letter in unicodedata.normalize("NFKC", character).casefold()
        if not _NO_LETTER.match(letter)
    ]
