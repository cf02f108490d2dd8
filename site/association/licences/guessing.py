"""Guessing of licence numbers, slowed down: so many unknown numbers per visitor and ten minutes."""

from lib.guessing import Guesses

MISSES_ALLOWED = 12
WINDOW = 600  # s

_GUESSES = Guesses("association.guessing", allowed=MISSES_ALLOWED, window=WINDOW)
visitor_mark = _GUESSES.mark
guesses_too_often = _GUESSES.used_up
note_miss = _GUESSES.note
