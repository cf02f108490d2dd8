"""How long a text takes to read: Chinese by the character, everything else by the word."""

import math
import re

CHARACTERS_A_MINUTE = 400
WORDS_A_MINUTE = 220

_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"[A-Za-z0-9]+(?:['.,-][A-Za-z0-9]+)*")


def minutes_to_read(text: str) -> int:
    """Return whole minutes, at least one."""
    exact = len(_CHINESE.findall(text)) / CHARACTERS_A_MINUTE + len(_WORD.findall(text)) / WORDS_A_MINUTE
    return max(1, math.ceil(exact))
