"""Films in the back office: added, changed and taken away by one domain call each."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.views.generic import CreateView, DeleteView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from lib.films import NotAFilm, look_into
from lib.pictures import NotAPicture, read_picture
from record.clips import keep_clip, remove_clip
from record.models import Clip


class ClipForm(WagtailAdminModelForm):
    """A film with what it shows; file by file it is said what is wrong."""

    def clean_video(self) -> Any:
        """Look into a new film."""
        return self._looked_into("video", look_into, NotAFilm)

    def clean_poster(self) -> Any:
        """Look into a new still."""
        return self._looked_into("poster", read_picture, NotAPicture)

    def clean(self) -> dict[str, Any]:
        """Refuse a batch of another base."""
        cleaned = super().clean() or {}
        batch, base = cleaned.get("batch"), cleaned.get("base")
        if batch and base and batch.base_id != base.pk:
            self.add_error("batch", _("This batch did not grow on this base."))
        if batch:
            cleaned["product"] = self.instance.product = batch.product
        return cleaned

    def save(self, commit: bool = True) -> Clip:
        """Keep it."""
        new = {name: self.cleaned_data.get(name) for name in ("video", "poster") if name in self.changed_data}
        if "video" in new:
            self.instance.video = self.initial.get("video") or ""
        if "poster" in new:
            self.instance.poster = self.initial.get("poster") or ""
        return keep_clip(clip=self.instance, video=new.get("video"), poster=new.get("poster") or None)

    def _looked_into(self, name: str, look: Any, error: type[Exception]) -> Any:
        file = self.cleaned_data.get(name)
        if file and name in self.changed_data:
            try:
                look(file)
            except error as problem:
                raise forms.ValidationError(str(problem)) from problem
        return file


class ListClips(IndexView):
    """Lists films with their base, product and batch."""

    def get_base_queryset(self) -> QuerySet[Clip]:
        """Read them along."""
        clips: QuerySet[Clip] = super().get_base_queryset()
        return clips.select_related("base", "product", "batch")


class AddClip(CreateView):
    """Adds a film."""

    def save_instance(self) -> Clip:
        """Keep it; the form does."""
        clip: Clip = self.form.save()
        return clip


class EditClip(EditView):
    """Changes what is said of a film, or the film."""

    def save_instance(self) -> Clip:
        """Keep it; the form does."""
        clip: Clip = self.form.save()
        return clip


class RemoveClip(DeleteView):
    """Takes a film away."""

    def delete_action(self) -> None:
        """Delete it with its files."""
        remove_clip(clip=self.object)


class ClipViewSet(ModelViewSet):
    """Films of the season."""

    model = Clip
    name = "record-clips"
    icon = "media"
    menu_label = gettext_lazy("Films")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = ListClips
    add_view_class = AddClip
    edit_view_class = EditClip
    delete_view_class = RemoveClip
    list_display = ["title", "step", "base", "product", "batch", "shot_on", "is_public"]
    list_filter = {"base": ["exact"], "step": ["exact"], "shot_on": ["gte", "lte"], "is_public": ["exact"]}
    search_fields = ["title", "base__name", "product__name", "batch__lot"]
    search_backend_name = None
    panels = [
        MultiFieldPanel(
            [FieldPanel("base"), FieldRowPanel([FieldPanel("product"), FieldPanel("batch")])],
            heading=gettext_lazy("What it is about"),
        ),
        FieldRowPanel([FieldPanel("step"), FieldPanel("title")], heading=gettext_lazy("What it shows")),
        FieldRowPanel([FieldPanel("shot_on"), FieldPanel("shot_by")], heading=gettext_lazy("When and who")),
        MultiFieldPanel(
            [FieldPanel("video"), FieldPanel("poster"), FieldPanel("is_public")], heading=gettext_lazy("Film")
        ),
    ]

    def get_edit_handler(self) -> Any:
        """Use our form below Wagtail's panels."""
        return ObjectList(self.panels, base_form_class=ClipForm).bind_to_model(self.model)
