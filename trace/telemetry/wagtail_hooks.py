"""What telemetry adds to the back office."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.log_actions import LogActionRegistry

from telemetry.back_office.alerts import open_alerts_panel
from telemetry.back_office.viewsets import MeasuringViewSetGroup, TelemetryViewSetGroup

hooks.register("construct_homepage_panels", open_alerts_panel)


@hooks.register("register_admin_viewset")
def viewsets() -> list[ModelViewSetGroup]:
    """Register bases and devices, metrics and their limits."""
    return [TelemetryViewSetGroup(), MeasuringViewSetGroup()]


@hooks.register("register_log_actions")
def secrets_in_the_log(actions: LogActionRegistry) -> None:
    """Name what the log keeps of passwords and tokens."""
    actions.register_action("telemetry.secret_made", _("New password"), _("Password or token made"))
    actions.register_action(
        "telemetry.secret_taken", _("Password taken away"), _("Password or token taken away")
    )


@hooks.register("insert_global_admin_css")
def health_board() -> SafeString:
    """Load the styles of the health board."""
    return format_html('<link rel="stylesheet" href="{}">', static("telemetry/admin.css"))
