"""Django's name for this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    """What every page of the site shares: base page, blocks, layout, template tags."""

    name = "cms"
    label = "cms"
    verbose_name = _("Pages")

    def ready(self) -> None:
        """Listen to what editors change."""
        from cms import changes

        changes.listen()
