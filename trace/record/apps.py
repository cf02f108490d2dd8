"""Django's name for this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordConfig(AppConfig):
    """The public record: codes, batches, events, scans."""

    name = "record"
    label = "record"
    verbose_name = _("Record")
