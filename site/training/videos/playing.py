"""What a player is given: addresses of the video's files, made for who watches."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from training.videos.tickets import OPEN, issue_ticket
from training.videos.video import Video

PHONE_HEIGHT = 480  # px; renditions up to it are for phones and slow lines


@dataclass(frozen=True, slots=True)
class Source:
    """One file that plays while it loads."""

    height: int
    url: str
    size: int


@dataclass(frozen=True, slots=True)
class Track:
    """Subtitles in one language."""

    language: str
    url: str


@dataclass(frozen=True, slots=True)
class Film:
    """A video as a player takes it. `until`: when its addresses expire; None where they do not."""

    key: str
    seconds: int
    width: int
    height: int
    poster: str
    playlist: str
    sources: list[Source]
    tracks: list[Track]
    until: datetime | None

    def as_json(self) -> dict[str, Any]:
        """Return what the page asks for when its addresses expire."""
        return {
            "playlist": self.playlist,
            "poster": self.poster,
            "sources": [{"height": each.height, "url": each.url} for each in self.sources],
            "tracks": [{"language": each.language, "url": each.url} for each in self.tracks],
            "until": self.until.isoformat() if self.until else None,
        }


def film_for(video: Video, *, person: int, at: datetime) -> Film:
    """Return the video for `person` (0: nobody signed in), who may watch it. One query."""
    ticket = issue_ticket(video=video, person=person, at=at) if video.is_private else None
    place = str(ticket) if ticket else OPEN

    def url(name: str) -> str:
        return reverse("training:video_file", args=[video.key, place, name])

    renditions = sorted(video.renditions.all(), key=lambda each: -each.height)
    languages = [("zh", video.subtitles), ("en", video.subtitles_en)]
    return Film(
        key=video.key,
        seconds=video.seconds,
        width=video.width,
        height=video.height,
        poster=url("poster.jpg"),
        playlist=url("master.m3u8"),
        sources=[Source(each.height, url(f"{each.height}.mp4"), each.size) for each in renditions],
        tracks=[Track(language, url(f"{language}.vtt")) for language, text in languages if text],
        until=ticket.until - timedelta(minutes=1) if ticket else None,
    )
