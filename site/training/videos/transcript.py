"""The transcript: what is said, in paragraphs that lead to their place in the video."""

from dataclasses import dataclass
from typing import Final

from training.videos.subtitles import Cue, plain, read_subtitles
from training.videos.video import Video

_PAUSE: Final = 2_500  # ms of silence after which a paragraph begins
_LONGEST: Final = 20_000  # ms of one paragraph


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words, and the second at which they begin; None where nobody said it."""

    second: int | None
    words: str

    @property
    def clock(self) -> str:
        """Return the second as 2:05."""
        return "" if self.second is None else f"{self.second // 60}:{self.second % 60:02}"


def transcript_of(video: Video, *, language: str) -> list[Paragraph]:
    """Return the paragraphs written for the video, or else the words of its subtitles in that language."""
    if video.transcript.strip():
        return [Paragraph(None, line.strip()) for line in video.transcript.split("\n") if line.strip()]
    text = video.subtitles_en if language == "en" and video.subtitles_en else video.subtitles
    return _paragraphs(read_subtitles(text)) if text else []


def _paragraphs(cues: list[Cue]) -> list[Paragraph]:
    groups: list[list[Cue]] = []
    for cue in cues:
        last = groups[-1] if groups else []
        if last and cue.start - last[-1].end < _PAUSE and cue.end - last[0].start < _LONGEST:
            last.append(cue)
        else:
            groups.append([cue])
    return [Paragraph(group[0].start // 1000, _joined(group)) for group in groups]


def _joined(group: list[Cue]) -> str:
    words = [plain(cue.words) for cue in group]
    is_latin = all(word.isascii() for word in words)
    return " ".join(words) if is_latin else "".join(words) if _ends(words) else "，".join(words)


def _ends(words: list[str]) -> bool:
    return all(word[-1:] in "，。！？；：、…—" for word in words[:-1])
