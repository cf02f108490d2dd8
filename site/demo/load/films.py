"""Videos of lessons: sent up in the teacher's name as in the back office; the worker converts them."""

from typing import Any

from accounts.models import User
from demo.load.content import FOLDER as CONTENT
from demo.load.county import County
from demo.load.people import login
from demo.load.pictures import FOLDER
from training.models import LessonPage, Video
from training.videos.subtitles import Cue, as_webvtt
from training.videos.uploading import add_part, begin_upload


def add_films(county: County) -> None:
    """Add what `films.toml` tells, to the lessons it names; not every county has any."""
    if not (CONTENT / county.slug / "films.toml").is_file():
        return
    teacher = User.objects.get(email=login("teacher"))
    for words in county.content("films")["film"]:
        video = _send_up(county, teacher, words)
        video.subtitles = as_webvtt(_cues(words["slides"]))
        video.save(update_fields=["subtitles"])
        lesson = LessonPage.objects.descendant_of(county.home).get(
            slug=words["lesson"], url_path__contains=f"/{words['course']}/"
        )
        lesson.film, lesson.kind = video, "video"
        lesson.save()


def _send_up(county: County, teacher: User, words: dict[str, Any]) -> Video:
    content = (FOLDER / words["file"]).read_bytes()
    at = county.calendar.at
    upload = begin_upload(
        user=teacher,
        region=county.region,
        title=words["title"],
        is_private=words["private"],
        length=len(content),
        at=at,
    )
    _, video = add_part(key=upload.key, user=teacher, offset=0, data=content, at=at)
    assert video is not None  # noqa: S101 - it was sent in one part
    return video


def _cues(slides: list[Any]) -> list[Cue]:
    cues, begin = [], 0
    for length, text in slides:
        cues.append(Cue(begin * 1000 + 300, (begin + length) * 1000 - 200, text))
        begin += length
    return cues
