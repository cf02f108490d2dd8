"""Videos as a list and as a form, and the page on which they are sent up."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import CreateView, DeleteView, EditView
from wagtail.admin.viewsets.model import ModelViewSet

from brand.back_office.tables import ListView
from brand.models import Region
from training.videos.desk import views
from training.videos.desk.forms import VideoForm
from training.videos.removing import VideoInUse, lessons_with, remove_video
from training.videos.tus import MOST_OF_A_PART, PartView, UploadsView
from training.videos.upload import VideoUpload
from training.videos.video import Video


class StateColumn(Column):
    """How far a video is; the page looks again while it is converted."""

    def get_value(self, instance: Video) -> SafeString:
        """Return the words with a bar."""
        return format_html(
            '<span data-video="{}" data-done="{}"><span data-words>{}</span>'
            ' <progress max="100" value="{}"></progress></span>',
            instance.pk,
            "" if instance.state in Video.IN_WORK else "yes",
            instance.error or instance.get_state_display(),
            instance.progress,
        )


class LengthColumn(Column):
    """Minutes and seconds."""

    def get_value(self, instance: Video) -> str:
        """Return 12:05, nothing while it is not known."""
        return f"{instance.seconds // 60}:{instance.seconds % 60:02}" if instance.seconds else ""


class ListVideos(ListView):
    """Lists videos, the newest first, and uploads that wait for their owner."""

    along = ("region",)
    template_name = "training/admin/videos.html"
    is_searchable = True

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what this person began and did not finish."""
        waiting: QuerySet[VideoUpload] = VideoUpload.objects.filter(user_id=self.request.user.pk)
        return {**super().get_context_data(*args, **kwargs), "uploads": waiting}


class SendUp(CreateView):
    """The page from which a video is sent up part by part."""

    template_name = "training/admin/upload.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page again: parts go to their own address."""
        return self.get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the counties and where parts go."""
        return {
            **super().get_context_data(**kwargs),
            "regions": Region.objects.order_by("pk"),
            "uploads": VideoUpload.objects.filter(user_id=self.request.user.pk),
            "begin_url": reverse("training-videos:begin"),
            "part_size": MOST_OF_A_PART,
        }


class EditVideo(EditView):
    """The form of a video beside its picture."""

    template_name = "training/admin/video.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the lessons that show it."""
        return {**super().get_context_data(**kwargs), "lessons": lessons_with(self.object)}


class RemoveVideo(DeleteView):
    """Takes a video away with its files, unless lessons show it."""

    def delete_action(self) -> None:
        """Delete it."""
        remove_video(video=self.object)

    def form_valid(self, form: Any) -> HttpResponse:
        """Say why it stays, where it does."""
        try:
            response: HttpResponse = super().form_valid(form)
        except VideoInUse as reason:
            messages.error(self.request, str(reason))
            return redirect("training-videos:edit", self.object.pk)
        return response


class VideoViewSet(ModelViewSet):
    """Videos of lessons."""

    model = Video
    name = "training-videos"
    icon = "media"
    menu_label = pgettext_lazy("of lessons", "Videos")
    copy_view_enabled = False
    index_view_class, add_view_class = ListVideos, SendUp
    edit_view_class, delete_view_class = EditVideo, RemoveVideo
    list_display: list[Any] = [
        TitleColumn("title", label=_("Title"), url_name="training-videos:edit", sort_key="title"),
        "region",
        StateColumn("state", label=pgettext_lazy("video", "state")),
        LengthColumn("seconds", label=pgettext_lazy("of a video", "Length"), sort_key="seconds"),
        "is_private",
        "uploaded_at",
    ]
    list_filter = ["region", "state", "is_private"]
    search_fields = ["title", "transcript"]
    search_backend_name = None
    panels = [
        FieldPanel("title"),
        FieldPanel("is_private"),
        MultiFieldPanel(
            [
                FieldPanel("subtitles_file"),
                FieldPanel("subtitles"),
                FieldPanel("subtitles_en_file"),
                FieldPanel("subtitles_en"),
            ],
            heading=_("Subtitles"),
        ),
        FieldPanel("transcript"),
    ]

    def get_edit_handler(self) -> Any:
        """Use our form below Wagtail's panels."""
        return ObjectList(self.panels, base_form_class=VideoForm).bind_to_model(self.model)

    def get_urlpatterns(self) -> list[Any]:
        """Add where parts arrive, and what is asked while they are converted."""
        return [
            *super().get_urlpatterns(),
            path("up/", UploadsView.as_view(), name="begin"),
            path("up/<slug:key>/", PartView.as_view(), name="part"),
            path("states/", views.states, name="states"),
            path("again/<int:pk>/", views.again, name="again"),
        ]
