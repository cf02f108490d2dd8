"""The front page of a hall in the back office: banner, modules in their order, story, services."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSet

from brand.back_office.tables import ListView
from brand.back_office.views import TellsChanged, TellsCreated, TellsDeleted
from shop.halls.blocks import drawing_choices
from shop.halls.models import Hall


class HallForm(WagtailAdminModelForm):
    """A hall; its drawing is one of the themes."""

    brand_art = forms.ChoiceField(
        label=_("drawing beside it"), choices=lambda: [("", _("none")), *drawing_choices()], required=False
    )


class HallList(ListView):
    """Lists halls."""

    along = ("region",)


class HallViewSet(ModelViewSet):
    """Halls: one for each county."""

    model = Hall
    name = "shop-halls"
    menu_label = _("Hall pages")
    icon = "home"
    index_view_class = HallList
    add_view_class = TellsCreated
    edit_view_class = TellsChanged
    delete_view_class = TellsDeleted
    add_to_reference_index = False
    copy_view_enabled = False
    search_backend_name = None
    list_display = ("region", "slogan", "notice")
    search_fields = ("region__name", "slogan")
    panels = [
        MultiFieldPanel(
            [FieldPanel("region"), FieldRowPanel([FieldPanel("slogan"), FieldPanel("notice")])],
            heading=_("Banner"),
        ),
        FieldPanel("modules"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("brand_title"), FieldPanel("brand_art")]),
                FieldPanel("brand_story"),
            ],
            heading=_("Story of the brand"),
        ),
        FieldPanel("services"),
    ]

    def get_edit_handler(self) -> Any:
        """Use our form below Wagtail's panels."""
        return ObjectList(self.panels, base_form_class=HallForm).bind_to_model(self.model)
