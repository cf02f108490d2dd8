"""The video of a lesson: what was sent up, and what was made of it."""

from secrets import token_hex
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brand.private import private_storage


def new_key() -> str:
    """Return the name of a new folder; it says nothing and nobody guesses it."""
    return token_hex(12)


def folder_of(key: str) -> str:
    """Return where in the private storage everything of a video lies."""
    return f"films/{key}"


def source_path(video: "Video", name: str) -> str:
    """Return where the original is kept; the name it came with says nothing."""
    return f"{folder_of(video.key)}/source"


class VideoQuerySet(models.QuerySet):
    """Videos by how far they are."""

    def ready(self) -> Self:
        """Return those that can be watched."""
        return self.filter(state=Video.State.READY)


class Video(models.Model):
    """A video for lessons of one county. Its files are made by the worker (`training.videos.conversion`)."""

    class State(models.TextChoices):
        """How far it is. Only `ready` is shown to trainees."""

        UPLOADED = "uploaded", pgettext_lazy("video", "waiting to be looked at")
        CHECKING = "checking", pgettext_lazy("video", "being looked at")
        CONVERTING = "converting", pgettext_lazy("video", "being converted")
        READY = "ready", pgettext_lazy("video", "ready")
        FAILED = "failed", pgettext_lazy("video", "cannot be used")

    IN_WORK = (State.UPLOADED, State.CHECKING, State.CONVERTING)

    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    region = models.ForeignKey("brand.Region", models.PROTECT, related_name="+", verbose_name=_("county"))
    title = models.CharField(_("title"), max_length=80)
    is_private = models.BooleanField(
        _("only for who takes part"),
        default=True,
        help_text=_("Its addresses are made for each person and expire. Otherwise everybody may watch it."),
    )
    source = models.FileField(
        pgettext_lazy("video", "original"),
        upload_to=source_path,
        storage=private_storage,
        max_length=200,
        editable=False,
    )
    state = models.CharField(
        pgettext_lazy("video", "state"),
        max_length=12,
        choices=State,
        default=State.UPLOADED,
        editable=False,
    )
    progress = models.PositiveSmallIntegerField(
        _("per cent converted"), default=0, editable=False, validators=[MaxValueValidator(100)]
    )
    error = models.CharField(_("what is wrong with it"), max_length=300, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    taken_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="Last sign of life of who converts it."
    )
    seconds = models.PositiveIntegerField(_("seconds"), default=0, editable=False)
    width = models.PositiveSmallIntegerField(_("width"), default=0, editable=False)
    height = models.PositiveSmallIntegerField(_("height"), default=0, editable=False)
    has_sound = models.BooleanField(_("has sound"), default=True, editable=False)
    subtitles = models.TextField(
        _("subtitles"), blank=True, max_length=400_000, help_text=_("WebVTT; SubRip (.srt) is converted.")
    )
    subtitles_en = models.TextField(_("subtitles in English"), blank=True, max_length=400_000)
    transcript = models.TextField(
        _("transcript"),
        blank=True,
        max_length=100_000,
        help_text=_("What is said and seen. Empty: the words of the subtitles, each leading to its place."),
    )
    uploaded_at = models.DateTimeField(_("sent up"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("sent up by"),
    )

    objects = VideoQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of lessons", "video")
        verbose_name_plural = pgettext_lazy("of lessons", "videos")
        ordering = ["-uploaded_at", "-pk"]
        indexes = [models.Index(fields=["state", "uploaded_at"], name="video_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(progress__lte=100), name="video_progress_is_per_cent"),
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(seconds__gt=0, width__gt=0, height__gt=0),
                name="video_ready_has_its_measures",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_ready(self) -> bool:
        """Tell whether it can be watched."""
        return self.state == self.State.READY


class Rendition(models.Model):
    """A video at one height: `<height>.mp4` to be played while it loads, and the same in parts for HLS."""

    video = models.ForeignKey(Video, models.CASCADE, related_name="renditions")
    height = models.PositiveSmallIntegerField(_("height"))
    width = models.PositiveSmallIntegerField(_("width"))
    size = models.PositiveBigIntegerField(pgettext_lazy("of a file", "bytes"))

    class Meta:
        ordering = ["height"]
        constraints = [models.UniqueConstraint(fields=["video", "height"], name="rendition_once_per_height")]

    def __str__(self) -> str:
        return f"{self.height}p"
