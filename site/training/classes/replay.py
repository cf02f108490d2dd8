"""The recording of a class becomes a lesson of its course: one act, and it can be watched again."""

from datetime import datetime
from math import ceil

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.html import format_html
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.rich_text import RichText

from accounts.models import User
from brand.acts.models import record_act
from training.classes.refusals import ClassRefused
from training.classes.training_class import TrainingClass
from training.courses.kinds import LessonKind
from training.models import LessonPage, Video


def become_lesson(
    *, training_class: TrainingClass, video: Video | None, title: str, by: User, at: datetime
) -> LessonPage:
    """Put the recording behind the lessons of the course; the draft waits for who publishes pages there.

    `video` was uploaded here; without one the address of the recording is linked in the text.

    Raises:
        ClassRefused: no course, no recording, or it is a lesson already.
    """
    with transaction.atomic():
        held = TrainingClass.objects.select_for_update().get(pk=training_class.pk)
        _refuse(held, video)
        lesson = _lesson(held, video, title.strip() or held.activity.title)
        held.course.add_child(instance=lesson)  # type: ignore[union-attr]
        lesson.save_revision(user=by)
        held.lesson = lesson
        held.save(update_fields=["lesson"])
        record_act(held, "published", by=by, at=at, note=lesson.title)
    training_class.refresh_from_db()
    return lesson


def _refuse(held: TrainingClass, video: Video | None) -> None:
    if held.course is None:
        raise ClassRefused(_("Say first which course the class belongs to."))
    if held.lesson is not None:
        raise ClassRefused(_("The recording is a lesson already."))
    if video is None and not held.replay_url:
        raise ClassRefused(_("Choose the uploaded recording, or give its address."))


def _lesson(held: TrainingClass, video: Video | None, title: str) -> LessonPage:
    slug = slugify(held.activity.slug)
    taken = set(held.course.get_children().values_list("slug", flat=True))  # type: ignore[union-attr]
    while slug in taken:
        slug = f"{slug}-replay"
    lasted = (held.activity.ends_at - held.activity.starts_at).total_seconds()
    minutes = ceil((video.seconds or lasted if video else lasted) / 60)
    facts = {"film": video, "kind": LessonKind.VIDEO} if video else {}
    lesson = LessonPage(
        title=title[:255],
        slug=slug,
        section=_section(),
        minutes=max(1, min(minutes, 32_000)),
        live=False,
        has_unpublished_changes=True,
        **facts,
    )
    if video is None:
        link = format_html('<p><a href="{}">{}</a></p>', held.replay_url, held.replay_url)
        lesson.body = [("text", RichText(link))]
    return lesson


def _section() -> str:
    """Return the heading of recordings; courses are written in the language of the county."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("Recordings of classes")
