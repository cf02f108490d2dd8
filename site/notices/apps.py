"""Django's name for this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    """Messages to people: e-mail and SMS behind one function."""

    name = "notices"
    label = "notices"
    verbose_name = _("Notices")
