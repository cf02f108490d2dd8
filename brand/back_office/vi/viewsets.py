"""What the back office lists and edits of the VI library."""

from typing import Any

from django.db import models
from django.db.models import Count, F, FilteredRelation, Q, QuerySet
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from brand.acts.models import record_act
from brand.back_office.slugs import SluggedForm
from brand.back_office.tables import ListView
from brand.back_office.vi import desk
from brand.back_office.vi.forms import VIAssetForm
from brand.back_office.vi_log import DownloadViewSet
from brand.back_office.vi_terms import AcceptanceViewSet, TermsViewSet
from brand.back_office.views import TellsChanged, TellsCreated
from brand.models import VIAsset, VICategory
from brand.vi.previews import settle_previews

_WRITTEN_BY_ACTS = ("state", "formats")


class KeptPolicy(ModelPermissionPolicy):
    """Assets are withdrawn, never deleted: who took which files stays to be looked up."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Ask the user's roles for everything but deleting."""
        return action != "delete" and bool(super().user_has_permission(user, action))


register_permission_policy(VIAsset, KeptPolicy(VIAsset))


class ListAssets(ListView):
    """Lists assets with their current version."""

    def get_base_queryset(self) -> QuerySet[VIAsset]:
        """Read what a row shows along. One query."""
        rows: QuerySet[VIAsset] = super().get_base_queryset()
        current = FilteredRelation("versions", condition=Q(versions__current=True))
        return rows.select_related("region", "category").annotate(
            in_use=current, number=F("in_use__number"), file_count=Count("in_use__files")
        )


class _LeadsToFiles:
    def get_success_url(self) -> str:
        """Go on with the files."""
        return reverse("brand-vi:files", args=[self.object.pk])  # type: ignore[attr-defined]


class AddAsset(_LeadsToFiles, TellsCreated):
    """Adds an asset, then asks for its files."""

    def save_instance(self) -> models.Model:
        """Save it with the first line of its trail."""
        asset: VIAsset = super().save_instance()  # type: ignore[assignment]
        record_act(asset, "added", by=self.request.user, at=timezone.now())
        return asset


class EditAsset(TellsChanged):
    """Changes what is said of an asset, and who may download it."""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """Lead to the files first."""
        url = reverse("brand-vi:files", args=[self.object.pk])
        button = HeaderButton(_("Files and versions"), url=url, icon_name="folder-open-inverse")
        return [button, *super().header_more_buttons]

    def save_instance(self) -> models.Model:
        """Save; where the access has changed, the pictures show more or less than before.

        What acts write is taken from the newest row: an asset withdrawn since the form was read stays so.
        """
        before = VIAsset.objects.select_for_update().get(pk=self.form.instance.pk)
        for name in _WRITTEN_BY_ACTS:
            setattr(self.form.instance, name, getattr(before, name))
        asset: VIAsset = super().save_instance()  # type: ignore[assignment]
        detail = {"changed": sorted(self.form.changed_data)}
        record_act(asset, "edited", by=self.request.user, at=timezone.now(), detail=detail)
        if before.is_public != asset.is_public:
            settle_previews(asset)
        return asset


class _Files(Column):
    """The way to the files of an asset, which says how many there are."""

    cell_template_name = "brand/admin/vi/files_cell.html"

    def get_cell_context_data(self, instance: VIAsset, parent_context: Any) -> dict[str, Any]:
        """Add the address."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        context["url"] = reverse("brand-vi:files", args=[instance.pk])
        return context


class VIAssetViewSet(ModelViewSet):
    """Assets."""

    model = VIAsset
    name = "brand-vi"
    icon = "image"
    menu_label = _("VI assets")
    index_view_class = ListAssets
    add_view_class = AddAsset
    edit_view_class = EditAsset
    copy_view_enabled = False
    search_backend_name = None
    search_fields = ["title", "keywords", "slug"]
    list_display = [
        TitleColumn(
            "title", label=_("title"), get_url=lambda asset: reverse("brand-vi:edit", args=[asset.pk])
        ),
        "category",
        Column("access", label=_("who may download"), accessor="get_access_display", sort_key="access"),
        Column("state", label=_("state"), accessor="get_state_display", sort_key="state"),
        _Files("number", label=_("Files and versions"), sort_key="number"),
        "region",
    ]
    list_filter = ["region", "category", "access", "state"]
    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("region"), FieldPanel("category")]),
                FieldRowPanel([FieldPanel("title"), FieldPanel("slug")]),
                FieldPanel("summary"),
                FieldRowPanel([FieldPanel("keywords"), FieldPanel("position")]),
            ],
            heading=_("Asset"),
        ),
        MultiFieldPanel([FieldPanel("access"), FieldPanel("products")], heading=_("Who may download")),
        InlinePanel(
            "colours",
            label=_("colour"),
            heading=_("Colours"),
            panels=[
                FieldRowPanel([FieldPanel("name"), FieldPanel("hex")]),
                FieldRowPanel([FieldPanel("cmyk"), FieldPanel("pantone")]),
                FieldPanel("words"),
            ],
        ),
        MultiFieldPanel(
            [FieldPanel("clear_space"), FieldRowPanel([FieldPanel("least_mm"), FieldPanel("least_px")])],
            heading=_("Clear space and least size"),
        ),
        InlinePanel(
            "examples",
            label=_("do or don't"),
            heading=_("Do and don't"),
            panels=[FieldRowPanel([FieldPanel("kind"), FieldPanel("words")]), FieldPanel("picture")],
        ),
    ]

    def get_edit_handler(self) -> Any:
        """Use our form below Wagtail's panels."""
        return ObjectList(self.panels, base_form_class=VIAssetForm).bind_to_model(self.model)

    def get_urlpatterns(self) -> list[Any]:
        """Add the page of the files; `config.settings.base.UPLOAD_LIMITS` knows these addresses."""
        return [
            *super().get_urlpatterns(),
            path("files/<int:pk>/", desk.FilesDesk.as_view(), name="files"),
            path("files/<int:pk>/<slug:act>/", desk.FilesDesk.as_view(), name="act"),
            path("file/<int:pk>/", desk.file, name="file"),
            path("file/<int:pk>/remove/", desk.remove, name="remove_file"),
        ]


class VICategoryViewSet(ModelViewSet):
    """The list of categories, for all counties."""

    model = VICategory
    name = "brand-vi-categories"
    icon = "list-ul"
    menu_label = _("VI categories")
    add_view_class = TellsCreated
    edit_view_class = TellsChanged
    copy_view_enabled = False
    search_backend_name = None
    search_fields = ["name", "name_en", "slug"]
    list_display = ["name", "name_en", "system", "position"]
    list_filter = ["system"]
    panels = [
        FieldRowPanel([FieldPanel("system"), FieldPanel("position")]),
        FieldRowPanel([FieldPanel("name"), FieldPanel("name_en")]),
        FieldPanel("slug"),
    ]

    def get_edit_handler(self) -> Any:
        """Make the address from the name."""
        return ObjectList(self.panels, base_form_class=SluggedForm).bind_to_model(self.model)


class VIViewSetGroup(ModelViewSetGroup):
    """The menu of the library: what is in it, what was taken, under which terms, accepted by whom."""

    menu_label = _("VI library")
    menu_icon = "image"
    menu_order = 225
    items = (VIAssetViewSet, DownloadViewSet, TermsViewSet, AcceptanceViewSet, VICategoryViewSet)
