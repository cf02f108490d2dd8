"""Django's name for this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    """The API for other programs."""

    name = "api"
    label = "api"
    verbose_name = _("Interfaces for programs")
