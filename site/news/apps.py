"""Django's name for this app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    """Posts of the county."""

    name = "news"
    label = "news"
    verbose_name = _("News")

    def ready(self) -> None:
        """Hear of posts that are moved to another list; put our review in its place after every `migrate`."""
        from news.posts import moving
        from news.review.founding import sync_after_migrate

        moving.listen()
        post_migrate.connect(sync_after_migrate, sender=self, dispatch_uid="news.sync_review")
