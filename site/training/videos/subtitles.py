"""Subtitles: WebVTT as W3C defines it (https://www.w3.org/TR/webvtt1/), SubRip taken as well.

What is kept is written anew from the cues: timings and words, with voices and italics but without styles,
regions and positions, which not every phone understands.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _

MOST_CUES: Final = 10_000
_CLOCK: Final = r"(?:(\d{1,3}):)?([0-5]\d):([0-5]\d)[.,](\d{3})"
_TIMING: Final = re.compile(rf"^\s*{_CLOCK}\s+-->\s+{_CLOCK}(?:\s.*)?$", re.ASCII)
_TAG: Final = re.compile(r"<[^>]*>")
_BETWEEN_CHINESE: Final = re.compile(
    r"(?<=[\u3000-\uffef]) (?=[\u3000-\uffef])"
)  # a new line is no space there
_NO_CUE: Final = ("NOTE", "STYLE", "REGION")


class NoSubtitles(ValueError):
    """The text is no subtitles we can use; `reason` is a sentence that says where."""

    def __init__(self, reason: Promise | str) -> None:
        super().__init__(str(reason))
        self.reason = str(reason)


@dataclass(frozen=True, slots=True)
class Cue:
    """Words shown from `start` to `end`, in milliseconds."""

    start: int
    end: int
    words: str


def decode(data: bytes) -> str:
    """Return the text of a file: UTF-8, or GB 18030 as older programs write Chinese.

    Raises:
        NoSubtitles: it is no text.
    """
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise NoSubtitles(_("The file is no text."))


def read_subtitles(text: str, *, seconds: int = 0) -> list[Cue]:
    """Return the cues of `text` in their order; none may begin after `seconds`, where they are known.

    Raises:
        NoSubtitles: saying which line is wrong.
    """
    cues = list(_cues(text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")))
    if not cues:
        raise NoSubtitles(
            _("There are no subtitles in it. Each needs a line like 00:00:01.000 --> 00:00:04.000")
        )
    if len(cues) > MOST_CUES:
        raise NoSubtitles(_("More than 10,000 subtitles cannot be right."))
    if seconds and (late := next((cue for cue in cues if cue.start > seconds * 1000), None)):
        said = _("“%(words)s” begins at %(time)s, after the end of the video.")
        raise NoSubtitles(said % {"words": plain(late.words)[:20], "time": clock(late.start)})
    return sorted(cues, key=lambda cue: (cue.start, cue.end))


def as_webvtt(cues: Sequence[Cue]) -> str:
    """Return the cues as a WebVTT file."""
    blocks = [f"{clock(cue.start)} --> {clock(cue.end)}\n{cue.words}" for cue in cues]
    return "\n\n".join(["WEBVTT", *blocks]) + "\n"


def plain(words: str) -> str:
    """Return the words of a cue without tags, on one line."""
    line = " ".join(unescape(_TAG.sub("", words)).split())
    return _BETWEEN_CHINESE.sub("", line)


def clock(milliseconds: int) -> str:
    """Return a time as WebVTT writes it: 00:01:02.500."""
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def _cues(text: str) -> Iterator[Cue]:
    for number, block in _blocks(text):
        lines = block.split("\n")
        if lines[0].startswith(("WEBVTT", *_NO_CUE)):
            continue
        place = next((at for at, line in enumerate(lines[:2]) if "-->" in line), None)
        if place is None:
            said = _("Line %(line)d is no subtitle: %(words)s")
            raise NoSubtitles(said % {"line": number, "words": lines[0][:40]})
        start, end = _times(lines[place], number + place)
        # a line of nothing but a tag is empty without it, and an empty line would end the cue
        said_lines = (_harmless(line).strip() for line in lines[place + 1 :])
        words = "\n".join(line for line in said_lines if line)
        if words:
            yield Cue(start, end, words)


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield what empty lines part, with the number of its first line."""
    number = 1
    block: list[str] = []
    for place, line in enumerate([*text.split("\n"), ""], 1):
        if line.strip():
            number = place if not block else number
            block.append(line)
        elif block:
            yield number, "\n".join(block)
            block = []


def _times(line: str, number: int) -> tuple[int, int]:
    found = _TIMING.match(line)
    if found is None:
        raise NoSubtitles(_("Line %(line)d is no time: %(words)s") % {"line": number, "words": line[:40]})
    parts = [int(part or 0) for part in found.groups()]
    start, end = _milliseconds(*parts[:4]), _milliseconds(*parts[4:])
    if end <= start:
        raise NoSubtitles(_("In line %(line)d the subtitle ends before it begins.") % {"line": number})
    return start, end


def _milliseconds(hours: int, minutes: int, seconds: int, rest: int) -> int:
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest


def _harmless(words: str) -> str:
    """Return the words with the tags every player knows; `-->` inside a cue would end it."""
    kept = re.sub(r"<(?!/?(?:i|b|u|v)\b)[^>]*>", "", words)
    return kept.replace("-->", "→")
