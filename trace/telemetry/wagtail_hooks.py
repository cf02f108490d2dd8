"""What telemetry adds to the back office."""

from wagtail import hooks

from telemetry.back_office.viewsets import TelemetryViewSetGroup


@hooks.register("register_admin_viewset")
def viewsets() -> TelemetryViewSetGroup:
    """Register bases, devices, metrics and what could not be read."""
    return TelemetryViewSetGroup()
