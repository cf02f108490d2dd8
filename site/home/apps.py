"""Django's name for this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """A county's home page."""

    name = "home"
    label = "home"
    verbose_name = _("Home page")
