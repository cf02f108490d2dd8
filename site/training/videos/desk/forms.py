"""What can be said about a video beside its picture."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from changes import outbox
from training.videos.subtitles import NoSubtitles, as_webvtt, decode, read_subtitles
from training.videos.video import Video

MOST_OF_A_FILE = 400_000  # bytes


class VideoForm(WagtailAdminModelForm):
    """Title, who may watch, subtitles by file or by hand, transcript."""

    subtitles_file = forms.FileField(
        label=_("Subtitles as a file"), required=False, help_text=_(".vtt or .srt; replaces those below.")
    )
    subtitles_en_file = forms.FileField(
        label=_("English subtitles as a file"), required=False, help_text=_(".vtt or .srt")
    )

    class Meta:
        model = Video
        fields = ("title", "is_private", "subtitles", "subtitles_en", "transcript")

    def clean(self) -> dict[str, Any]:
        """Judge the subtitles by their content and keep them as WebVTT."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("subtitles", "subtitles_en"):
            self._read(cleaned, name)
        return cleaned

    def save(self, commit: bool = True) -> Video:
        """Keep it, and tell the pages that show it."""
        with transaction.atomic():
            video: Video = super().save(commit)
            outbox.record(video, region=video.region.slug)
        return video

    def _read(self, cleaned: dict[str, Any], name: str) -> None:
        file = cleaned.get(f"{name}_file")
        blame = f"{name}_file" if file else name
        if file and file.size > MOST_OF_A_FILE:
            self.add_error(blame, _("Subtitles have 400 kB at most; this is something else."))
            return
        try:
            text = decode(file.read()) if file else cleaned.get(name, "")
            if text.strip():
                cleaned[name] = as_webvtt(read_subtitles(text, seconds=self.instance.seconds))
        except NoSubtitles as error:
            self.add_error(blame, error.reason)
