"""Alert rules and alerts in the back office."""

from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from telemetry.alerts.words import subject_name, what_was_seen
from telemetry.back_office.policies import ReadOnlyPolicy
from telemetry.models import Alert, AlertRule

register_permission_policy(Alert, ReadOnlyPolicy(Alert))
IN_PANEL = 5


class AlertRuleViewSet(ModelViewSet):
    """When somebody is told."""

    model = AlertRule
    name = "alert-rules"
    icon = "bell"
    menu_label = _("Alert rules")
    list_display = [
        "name",
        "kind",
        "base",
        "device",
        "metric",
        "minutes",
        BooleanColumn("is_active", label=_("in use"), sort_key="is_active"),
    ]
    list_filter = ["kind", "base", "is_active"]
    search_fields = ["name", "base__name", "device__device_id"]
    search_backend_name = None
    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("kind", heading=_("In what case")), FieldPanel("is_active")],
            heading=_("Rule"),
        ),
        FieldRowPanel(
            [FieldPanel("region"), FieldPanel("base"), FieldPanel("device")], heading=_("About which devices")
        ),
        FieldRowPanel([FieldPanel("metric"), FieldPanel("value")], heading=_("What is measured")),
        FieldRowPanel([FieldPanel("minutes"), FieldPanel("times")], heading=_("For how long")),
        FieldPanel("recipients"),
    ]


class _Said(Column):
    """A sentence about an alert."""

    def __init__(self, name: str, say: Any, **options: Any) -> None:
        super().__init__(name, **options)
        self.say = say

    def get_value(self, instance: Alert) -> str:
        return str(self.say(instance))


class ListAlerts(IndexView):
    """Lists alerts, the open ones first."""

    def get_base_queryset(self) -> QuerySet[Alert]:
        """Read along what the sentences say."""
        alerts: QuerySet[Alert] = super().get_base_queryset()
        return with_subjects(alerts)

    def order_queryset(self, queryset: QuerySet[Alert]) -> QuerySet[Alert]:
        """Put the open ones first unless a column was chosen."""
        if self.ordering_from_request:
            return super().order_queryset(queryset)
        return queryset.order_by(F("closed_at").desc(nulls_first=True), "-opened_at", "-pk")

    @property
    def ordering_from_request(self) -> bool:
        """Whether somebody clicked on a column."""
        return "ordering" in self.request.GET


class AlertViewSet(ModelViewSet):
    """What was wrong and what still is: looked at, never edited."""

    model = Alert
    name = "telemetry-alerts"
    icon = "warning"
    menu_label = _("Alerts")
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = ListAlerts
    exclude_form_fields: list[str] = []
    list_display = [
        _Said("rule", lambda alert: alert.rule, label=_("rule")),
        _Said("subject", subject_name, label=_("device or camera")),
        _Said("seen", lambda alert: what_was_seen(alert, at=timezone.now()), label=_("what was seen")),
        DateColumn("opened_at", label=_("since"), sort_key="opened_at"),
        DateColumn("closed_at", label=_("over since"), sort_key="closed_at"),
    ]
    list_filter = {
        "closed_at": ["isnull"],
        "rule": ["exact"],
        "device__base": ["exact"],
        "opened_at": ["gte", "lte"],
    }
    search_fields = ["rule__name", "device__device_id", "camera__camera_id"]
    search_backend_name = None


class OpenAlerts(Component):
    """The open alerts on the first page."""

    name = "open-alerts"
    order = 30
    template_name = "telemetry/admin/open_alerts.html"

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Return the newest of them."""
        newest = with_subjects(Alert.objects.filter(closed_at=None))[:IN_PANEL]
        now = timezone.now()
        return {
            "count": self.count,
            "alerts": [(alert, subject_name(alert), what_was_seen(alert, at=now)) for alert in newest],
            "url": reverse("telemetry-alerts:index"),
        }


def open_alerts_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Show the open alerts to who may look at alerts, when there are any."""
    if request.user.has_perm("telemetry.view_alert"):
        count = Alert.objects.filter(closed_at=None).count()
        if count:
            panels.append(OpenAlerts(count))


def with_subjects(alerts: QuerySet[Alert]) -> QuerySet[Alert]:
    """Read rule, device, camera and base along."""
    return alerts.select_related("rule", "device__base", "camera__base")
