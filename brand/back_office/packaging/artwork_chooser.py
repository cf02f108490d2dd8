"""Choosing a version of an artwork out of the VI library, searched by title."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from brand.models import VIVersion


class ArtworkFilterForm(BaseFilterForm):
    """Part of a title."""

    q = forms.CharField(label=_("Title"), required=False)

    def filter(self, objects: QuerySet[VIVersion]) -> QuerySet[VIVersion]:
        """Keep those with the words in their title."""
        text = (self.cleaned_data.get("q") or "").strip()
        self.is_searching, self.search_query = bool(text), text
        return objects.filter(asset__title__icontains=text) if text else objects


class _Published:
    """Lists what was published, newest version first."""

    filter_form_class = ArtworkFilterForm

    def get_object_list(self) -> QuerySet[VIVersion]:
        """Read asset and county along."""
        versions = VIVersion.objects.filter(published_at__isnull=False)
        return versions.select_related("asset__region").order_by("asset__title", "asset_id", "-number")

    @property
    def columns(self) -> list[Column]:
        """Name county and day beside the title."""
        return [
            *super().columns,  # type: ignore[misc]
            Column("region", label=_("county"), accessor="asset.region"),
            Column("published", label=_("published"), accessor="published_at"),
        ]


class ChooseArtwork(_Published, ChooseView):
    """The chooser."""


class ChooseArtworkResults(_Published, ChooseResultsView):
    """Its results."""


class ArtworkChooserViewSet(ChooserViewSet):
    """The chooser of artwork versions."""

    model = VIVersion
    icon = "image"
    choose_one_text = _("Choose an artwork")
    choose_another_text = _("Choose another artwork")
    choose_view_class = ChooseArtwork
    choose_results_view_class = ChooseArtworkResults


artwork_chooser = ArtworkChooserViewSet("brand_artwork_chooser", url_prefix="brand-artwork-chooser")
