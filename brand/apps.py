"""Django's name for this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BrandConfig(AppConfig):
    """The regional brand: regions, themes, members, products, licences."""

    name = "brand"
    label = "brand"
    verbose_name = _("Regional brand")
