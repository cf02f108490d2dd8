"""Pre-sales in the back office: the list, and the form of what is promised."""

from typing import Any, ClassVar

from django.urls import path, reverse
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from brand.back_office.tables import ListView
from brand.back_office.views import TellsChanged, TellsCreated
from shop.back_office.presale_desk import PresaleDesk
from shop.back_office.presale_forms import PresaleForm
from shop.presale.models import Presale


class ListPresales(ListView):
    """Lists pre-sales, the next harvest first."""

    along = ("region", "article", "base")


class EditPresale(TellsChanged):
    """Leads on to the page of what can be done."""

    def get_success_url(self) -> str:
        """Return that page."""
        return reverse("shop-presales:desk", args=[self.object.pk])


class AddPresale(TellsCreated):
    """Leads on to the page of what can be done."""

    def get_success_url(self) -> str:
        """Return that page."""
        return reverse("shop-presales:desk", args=[self.object.pk])


def _desk_column() -> Column:
    return Column("booked", label=gettext_lazy("booked"), accessor=lambda row: f"{row.booked} / {row.cap}")


class PresaleViewSet(ModelViewSet):
    """Harvests sold ahead."""

    model = Presale
    name = "shop-presales"
    icon = "date"
    menu_label = gettext_lazy("Pre-sales")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = ListPresales
    add_view_class = AddPresale
    edit_view_class = EditPresale
    inspect_view_enabled = False
    list_display: ClassVar[list[Any]] = [
        "title", "region", "harvest_from", "harvest_to", _desk_column(),
        Column("state", label=gettext_lazy("state"), accessor="get_state_display"),
    ]  # fmt: skip
    list_export: ClassVar[list[str]] = [
        "title", "region", "base", "article", "harvest_from", "harvest_to", "cap", "booked", "deposit",
        "state",
    ]  # fmt: skip
    export_filename = "pre-sales"
    list_filter: ClassVar[list[str]] = ["state", "region"]
    search_fields: ClassVar[list[str]] = ["title", "article__title", "base__name"]
    search_backend_name = None
    panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("region"), FieldPanel("slug")]),
                FieldPanel("title"),
                FieldPanel("about"),
            ],
            heading=gettext_lazy("What"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("base"), FieldPanel("crop")]),
                FieldRowPanel([FieldPanel("article"), FieldPanel("batch")]),
                FieldRowPanel([FieldPanel("harvest_from"), FieldPanel("harvest_to")]),
            ],
            heading=gettext_lazy("From where, and when"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
                FieldRowPanel([FieldPanel("cap"), FieldPanel("most_each")]),
                FieldRowPanel([FieldPanel("deposit"), FieldPanel("balance_days")]),
                FieldPanel("deposit_kept"),
            ],
            heading=gettext_lazy("How it is booked and paid"),
        ),
    ]

    def get_edit_handler(self) -> Any:
        """Use our form below Wagtail's panels."""
        return ObjectList(self.panels, base_form_class=PresaleForm).bind_to_model(self.model)

    def get_urlpatterns(self) -> list[Any]:
        """Add the page of what can be done."""
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", PresaleDesk.as_view(), name="desk"),
            path("<int:pk>/<slug:act>/", PresaleDesk.as_view(), name="act"),
        ]
