"""Django's name for this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpennessConfig(AppConfig):
    """The openness window of a county."""

    name = "openness"
    label = "openness"
    verbose_name = _("Openness window")
