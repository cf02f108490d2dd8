"""Django's name for this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    """Posts of the county."""

    name = "news"
    label = "news"
    verbose_name = _("News")

    def ready(self) -> None:
        """Hear of posts that are moved to another list."""
        from news.posts import moving

        moving.listen()
