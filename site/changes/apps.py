"""Django's name for this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChangesConfig(AppConfig):
    """The outbox: what changed, written in the transaction that changed it."""

    name = "changes"
    label = "changes"
    verbose_name = _("Changes")
