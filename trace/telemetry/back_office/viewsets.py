"""What the back office lists and edits: bases, devices, metrics, limits, unreadable messages."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permissions import register_permission_policy

from telemetry.back_office.alerts import AlertRuleViewSet, AlertViewSet
from telemetry.back_office.cameras import CameraViewSet
from telemetry.back_office.health import HealthViewSet
from telemetry.back_office.panels import Known, OnceSaved
from telemetry.back_office.policies import KeptPolicy, ReadOnlyPolicy
from telemetry.back_office.register import ASSET_PANELS, HEADINGS, REGISTER
from telemetry.back_office.secrets import reissue, revoke
from telemetry.back_office.stations import Hj212StationViewSet
from telemetry.back_office.views import CreateDevice, EditDevice, ListDevices
from telemetry.models import Base, Device, DeviceModel, Metric, MetricLimit, UnreadableMessage

register_permission_policy(Device, KeptPolicy(Device))
register_permission_policy(UnreadableMessage, ReadOnlyPolicy(UnreadableMessage))


class BaseViewSet(ModelViewSet):
    """Bases."""

    model = Base
    name = "telemetry-bases"
    icon = "site"
    menu_label = _("Bases")
    copy_view_enabled = False
    list_display = ["name", "region", "place", "crops"]
    list_filter = ["region"]
    search_fields = ["name", "slug", "place", "crops"]
    search_backend_name = None
    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("region"), FieldPanel("name")]),
                FieldPanel("place"),
                FieldPanel(
                    "slug",
                    help_text=_(
                        "Its address: /bases/… Small letters, digits and dashes, as in zhangjiahe."
                        " Unique over all counties."
                    ),
                ),
            ],
            heading=_("Base"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("crops"), FieldPanel("area_mu")]), FieldPanel("about")],
            heading=_("What grows here"),
        ),
        MultiFieldPanel([FieldPanel("image"), FieldPanel("art")], heading=_("Picture")),
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")], heading=_("On the map")),
    ]


class DeviceViewSet(ModelViewSet):
    """Devices; a password is made on creation and shown once."""

    model = Device
    name = "devices"
    icon = "mobile-alt"
    menu_label = _("Devices")
    copy_view_enabled = False
    index_view_class = ListDevices
    add_view_class = CreateDevice
    edit_view_class = EditDevice
    list_display = [
        "device_id",
        "name",
        "base",
        BooleanColumn("online", label=_("online"), sort_key="online"),
        DateColumn("last_seen", label=_("last heard"), sort_key="last_seen"),
        BooleanColumn("is_active", label=_("in use"), sort_key="is_active"),
    ]
    list_filter = {"base__region": ["exact"], "base": ["exact"], "online": ["exact"], "is_active": ["exact"]}
    list_export = [
        "asset_number",
        "device_id",
        "name",
        "base.region.name",
        "base.name",
        "made_by",
        "model_named",
        *REGISTER,
    ]
    export_headings = HEADINGS
    export_filename = "devices-register"
    search_fields = ["device_id", "name", "base__name", "asset_number", "keeper"]
    search_backend_name = None
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("base"),
                FieldRowPanel([FieldPanel("device_id"), FieldPanel("name")]),
                FieldPanel("model"),
                FieldRowPanel([FieldPanel("interval_seconds"), FieldPanel("silent_after")]),
                FieldPanel("is_active"),
            ],
            heading=_("Device"),
        ),
        OnceSaved(
            [
                Known("online"),
                Known("last_seen"),
                Known("clock_offset"),
                Known("password_changed_at"),
            ],
            heading=_("State"),
        ),
        *ASSET_PANELS,
    ]

    def get_urlpatterns(self) -> list[Any]:
        """Add the views that give a new password and take it away."""
        return [
            *super().get_urlpatterns(),
            path("reissue/<int:pk>/", reissue, name="reissue"),
            path("revoke/<int:pk>/", revoke, name="revoke"),
        ]


class DeviceModelViewSet(ModelViewSet):
    """Makes of devices and their unit factors."""

    model = DeviceModel
    name = "device-models"
    icon = "cogs"
    menu_label = _("Device models")
    form_fields = ["maker", "name", "scale"]
    list_display = ["maker", "name", "scale"]
    search_fields = ["maker", "name"]
    search_backend_name = None


class MetricViewSet(ModelViewSet):
    """Metrics."""

    model = Metric
    name = "metrics"
    icon = "order"
    menu_label = _("Metrics")
    list_display = ["name", "key", "unit", "accept_min", "accept_max", "is_public", "position"]
    search_fields = ["key", "name", "name_en", "aliases"]
    search_backend_name = None
    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("name"), FieldPanel("name_en")]),
                FieldRowPanel([FieldPanel("key"), FieldPanel("aliases")]),
            ],
            heading=_("Metric"),
        ),
        FieldRowPanel([FieldPanel("unit"), FieldPanel("decimals")], heading=_("Unit")),
        FieldRowPanel([FieldPanel("accept_min"), FieldPanel("accept_max")], heading=_("What is accepted")),
        FieldRowPanel([FieldPanel("hj212_code"), FieldPanel("hj212_factor")], heading="HJ 212"),
        FieldRowPanel(
            [FieldPanel("is_public"), FieldPanel("in_season"), FieldPanel("position")], heading=_("Shown")
        ),
        FieldRowPanel(
            [FieldPanel("is_circular"), FieldPanel("is_level")], heading=_("How its mean is taken")
        ),
    ]


class MetricLimitViewSet(ModelViewSet):
    """Limits of national standards."""

    model = MetricLimit
    name = "metric-limits"
    icon = "tasks"
    menu_label = _("Limits")
    form_fields = [
        "metric",
        "standard",
        "level",
        "period",
        "value",
        "hours_needed",
        "valid_from",
        "valid_to",
    ]
    list_display = ["metric", "standard", "level", "period", "value", "valid_from", "valid_to"]
    list_filter = ["metric", "standard"]
    search_fields = ["standard", "metric__name"]
    search_backend_name = None


class UnreadableMessageViewSet(ModelViewSet):
    """What devices sent and nobody could read: looked at, never edited."""

    model = UnreadableMessage
    name = "unreadable-messages"
    icon = "warning"
    menu_label = _("Unreadable messages")
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = ["device_id", "topic", "reason", "size", "received_at", "text"]
    exclude_form_fields: list[str] = []
    list_display = ["device_id", "reason", "size", "received_at"]
    list_filter = ["received_at"]
    search_fields = ["device_id", "reason", "topic"]
    search_backend_name = None


class TelemetryViewSetGroup(ModelViewSetGroup):
    """Bases, what stands there, and how it fares."""

    menu_label = _("Bases and devices")
    menu_icon = "site"
    menu_order = 210
    items = (
        BaseViewSet,
        DeviceViewSet,
        CameraViewSet,
        Hj212StationViewSet,
        HealthViewSet,
        AlertViewSet,
        UnreadableMessageViewSet,
    )


class MeasuringViewSetGroup(ModelViewSetGroup):
    """What is measured and by which rules: set once, changed seldom."""

    menu_label = _("Metrics and limits")
    menu_icon = "sliders"
    menu_order = 212
    items = (MetricViewSet, MetricLimitViewSet, AlertRuleViewSet, DeviceModelViewSet)
