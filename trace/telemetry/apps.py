"""Django's name for this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TelemetryConfig(AppConfig):
    """Bases, devices and their readings: ingest, rollups, live stream."""

    name = "telemetry"
    label = "telemetry"
    verbose_name = _("Telemetry")
