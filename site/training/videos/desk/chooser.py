"""Choosing a video for a lesson."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet


class _WithState:
    """Shows how far each video is: a lesson may be written while its video is converted."""

    @property
    def columns(self) -> list[Any]:
        """Add the state."""
        state = Column("state", label=pgettext_lazy("video", "state"), accessor="get_state_display")
        return [*super().columns, state]  # type: ignore[misc]


class ChooseVideo(_WithState, ChooseView):
    """The dialogue."""


class ChooseVideoResults(_WithState, ChooseResultsView):
    """Its list."""


class VideoChooserViewSet(ChooserViewSet):
    """Chooses a video of lessons; the field of a lesson uses it by itself."""

    model = "training.Video"
    icon = "media"
    choose_view_class = ChooseVideo
    choose_results_view_class = ChooseVideoResults
    choose_one_text = _("Choose a video")
    choose_another_text = _("Choose another video")


video_chooser = VideoChooserViewSet("training_video_chooser")
