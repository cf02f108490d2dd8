"""Django's name for this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ShopConfig(AppConfig):
    """The specialty hall, on Oscar."""

    name = "shop"
    label = "fengtu_shop"
    verbose_name = _("Shop")
