"""Stations and lines of the county, parcels on their way, and what the tracking service told."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views.generic import InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from brand.back_office.policies import LookedAtPolicy
from brand.back_office.tables import ListView
from brand.back_office.views import TellsChanged, TellsCreated, TellsDeleted
from shop.county_post.models import CountyLine, Station
from shop.county_post.routing import UnknownStop, set_stops
from shop.fulfilment.carriers import carrier_name
from shop.fulfilment.models import Parcel
from shop.tracking.models import TrackingMessage

register_permission_policy(Parcel, LookedAtPolicy(Parcel))
register_permission_policy(TrackingMessage, LookedAtPolicy(TrackingMessage))


class StationList(ListView):
    """Lists stations."""

    along = ("region", "above")


class StationViewSet(ModelViewSet):
    """Who scans where; one with history is closed, not deleted."""

    model = Station
    name = "parcel-stations"
    menu_label = _("Parcel stations")
    icon = "site"
    index_view_class = StationList
    add_view_class = TellsCreated
    edit_view_class = TellsChanged
    delete_view_class = TellsDeleted
    add_to_reference_index = False
    copy_view_enabled = False
    list_display = ("name", "region", "tier", "above", BooleanColumn("open", label=_("open")))
    list_filter = ("region", "tier", "open")
    search_fields = ("name", "place")
    search_backend_name = None
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("region"), FieldPanel("tier")]),
            FieldRowPanel([FieldPanel("name"), FieldPanel("place")]),
            FieldRowPanel([FieldPanel("phone"), FieldPanel("above")]),
            FieldRowPanel([FieldPanel("pickup_point"), FieldPanel("open")]),
            FieldPanel("keepers"),
        ]
    )


class LineForm(WagtailAdminModelForm):
    """A line with its stops, one name a line, in the order of the way out."""

    stops_text = forms.CharField(
        label=_("Stops"),
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("One station a line, in the order of the way out. Names as under Parcel stations."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            names = self.instance.stops.order_by("position").values_list("station__name", flat=True)
            self.fields["stops_text"].initial = "\n".join(names)

    def save(self, commit: bool = True) -> Any:
        """Save the line, then its stops."""
        line = super().save(commit)
        set_stops(line=line, names=self.cleaned_data["stops_text"].splitlines())
        return line

    def clean(self) -> Any:
        """Refuse names that no station of the county has."""
        data = super().clean()
        region = data.get("region")
        names = [name.strip() for name in data.get("stops_text", "").splitlines() if name.strip()]
        if region:
            known = set(Station.objects.filter(region=region, name__in=names).values_list("name", flat=True))
            if unknown := [name for name in names if name not in known]:
                self.add_error("stops_text", str(UnknownStop(unknown)))
        return data

    class Meta:
        model = CountyLine
        fields = [
            "region", "number", "kilometres", "minutes", "leaves_at", "returns_at", "serves", "running",
        ]  # fmt: skip


class LineList(ListView):
    """Lists lines."""

    along = ("region",)


class LineViewSet(ModelViewSet):
    """The vans of each day."""

    model = CountyLine
    name = "parcel-lines"
    menu_label = _("Parcel lines")
    icon = "order"
    index_view_class = LineList
    add_view_class = TellsCreated
    edit_view_class = TellsChanged
    delete_view_class = TellsDeleted
    add_to_reference_index = False
    copy_view_enabled = False
    list_display = ("__str__", "region", "serves", "leaves_at", "returns_at", "kilometres")
    list_filter = ("region", "running")
    search_fields = ("serves",)
    search_backend_name = None
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("region"), FieldPanel("number")]),
            FieldRowPanel([FieldPanel("leaves_at"), FieldPanel("returns_at")]),
            FieldRowPanel([FieldPanel("kilometres"), FieldPanel("minutes")]),
            FieldPanel("serves"),
            FieldPanel("stops_text"),
            FieldPanel("running"),
        ],
        base_form_class=LineForm,
    )


class ParcelList(ListView):
    """Lists parcels."""

    along = ("consignment__order", "consignment__partner")


class InspectParcel(InspectView):
    """Shows a parcel."""

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        """Name the carrier as people know it."""
        if field_name == "carrier":
            return carrier_name(self.object.carrier)
        return super().get_field_display_value(field_name, field)


def _carrier(parcel: Parcel) -> str:
    return carrier_name(parcel.carrier)


ParcelList.worded = {"carrier": _carrier}


class ParcelViewSet(ModelViewSet):
    """Parcels, to be looked at: they are packed on the seller's desk and traced on their way."""

    model = Parcel
    name = "parcels"
    menu_label = _("Parcels")
    icon = "download"
    index_view_class = ParcelList
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_class = InspectParcel
    exclude_form_fields: list[str] = []
    inspect_view_fields = [
        "number", "carrier", "waybill", "state", "sent_at", "delivered_at", "handed_to", "without_codes",
    ]  # fmt: skip
    list_display = (
        "number",
        Column("order", label=pgettext_lazy("purchase", "order"), accessor="consignment.order.number"),
        Column("seller", label=_("seller"), accessor="consignment.partner.name"),
        Column("carrier", label=_("carrier"), accessor=_carrier),
        "waybill",
        "state",
        DateColumn("sent_at", label=_("sent at")),
    )
    list_export = (
        "number", "consignment.order.number", "consignment.partner.name", "carrier", "waybill", "state",
        "sent_at", "delivered_at",
    )  # fmt: skip
    export_headings: ClassVar[dict[str, Any]] = {
        "consignment.order.number": pgettext_lazy("purchase", "order")
    }
    export_filename = "parcels"
    list_filter = ("state", "carrier")
    search_fields = ("number", "waybill", "consignment__order__number")
    search_backend_name = None


class MessageList(ListView):
    """Lists what was told."""

    along = ("parcel",)


class TrackingMessageViewSet(ModelViewSet):
    """What the tracking service sent, with what could not be taken."""

    model = TrackingMessage
    name = "tracking-messages"
    menu_label = _("News of carriers")
    icon = "mail"
    index_view_class = MessageList
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    exclude_form_fields: list[str] = []
    list_display = (DateColumn("received_at", label=_("received at")), "outcome", "parcel")
    list_filter = ("outcome",)
    search_fields = ("body",)
    search_backend_name = None
