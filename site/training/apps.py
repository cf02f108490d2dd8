"""Django's name for this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    """Courses."""

    name = "training"
    label = "training"
    verbose_name = _("Training")
