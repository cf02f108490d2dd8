"""Django's name for this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UpkeepConfig(AppConfig):
    """Backups and the record of maintenance."""

    name = "upkeep"
    label = "upkeep"
    verbose_name = _("Upkeep")
