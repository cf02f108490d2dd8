"""Where products are sold: chosen province by province."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from record.models import SalesArea
from record.scans.provinces import PROVINCES


class SalesAreaForm(WagtailAdminModelForm):
    """The provinces of a product, as boxes to tick."""

    provinces = forms.MultipleChoiceField(
        label=_("sold in"),
        choices=[(name, name) for name in PROVINCES],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A code scanned more than 300 km away from all of them is suspicious."),
    )


class SalesAreaViewSet(ModelViewSet):
    """The provinces each product is sold in."""

    model = SalesArea
    name = "record-sales-areas"
    icon = "site"
    menu_label = _("Sales regions")
    copy_view_enabled = False
    add_to_reference_index = False
    list_display = [
        "product",
        Column("provinces", label=_("sold in"), accessor=lambda area: "、".join(area.provinces)),
        "tolerated",
    ]
    search_fields = ["product__name"]
    search_backend_name = None
    panels = [FieldPanel("product"), FieldPanel("provinces"), FieldPanel("tolerated")]

    def get_edit_handler(self) -> Any:
        """Use our form below Wagtail's panels."""
        return ObjectList(self.panels, base_form_class=SalesAreaForm).bind_to_model(self.model)
