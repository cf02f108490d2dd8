"""The films posts show."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from brand.films.models import Film


class PostFilm(Film):
    """A film that posts of one county may show."""

    region = models.ForeignKey(
        "brand.Region", models.PROTECT, related_name="post_films", verbose_name=_("county")
    )
    title = models.CharField(_("title"), max_length=60)
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        verbose_name = _("film of posts")
        verbose_name_plural = _("films of posts")
        ordering = ["-added_at", "-pk"]

    def __str__(self) -> str:
        return self.title
