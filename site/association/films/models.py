"""The film of a brand."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from brand.films.models import (
    Film,
    film_path,  # noqa: F401 - an older migration names it here
)


class BrandFilm(Film):
    """A film about the brand, for its page."""

    region = models.ForeignKey(
        "brand.Region", models.PROTECT, related_name="brand_films", verbose_name=_("county")
    )
    title = models.CharField(_("title"), max_length=60)
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        verbose_name = _("film of the brand")
        verbose_name_plural = _("films of the brand")
        ordering = ["-added_at", "-pk"]

    def __str__(self) -> str:
        return self.title
