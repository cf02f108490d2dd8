"""Films in the back office: added, changed and taken away by one domain call each."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.views.generic import DeleteView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from brand.back_office.film_form import AddByForm, EditByForm, FilmFilesForm
from record.clips import keep_clip, remove_clip
from record.models import Clip


class ClipForm(FilmFilesForm):
    """A film with what it shows."""

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
        return keep_clip(clip=self.instance, **self.new_files())


class ListClips(IndexView):
    """Lists films with their base, product and batch."""

    def get_base_queryset(self) -> QuerySet[Clip]:
        """Read them along."""
        clips: QuerySet[Clip] = super().get_base_queryset()
        return clips.select_related("base", "product", "batch")


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
    add_view_class = AddByForm
    edit_view_class = EditByForm
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
