"""Django's name for this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BasesConfig(AppConfig):
    """Public pages of the bases and their live data."""

    name = "bases"
    label = "bases"
    verbose_name = _("Base pages")
