"""Django's name for this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssociationConfig(AppConfig):
    """Public pages of the brand and its association."""

    name = "association"
    label = "association"
    verbose_name = _("Association pages")
