"""What every film has that a page shows."""

from pathlib import PurePath
from secrets import token_hex

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


def film_path(film: models.Model, name: str) -> str:
    """Return where a film or its still is kept; the name it came with says nothing to anybody."""
    return f"films/{token_hex(12)}{PurePath(name).suffix.lower()}"


class Film(models.Model):
    """A film with its still; looked into before it is kept (`brand.films.keeping`)."""

    words = models.TextField(
        _("what is said and seen"),
        max_length=2000,
        help_text=_("For people who cannot hear or see it, and for search engines."),
    )
    video = models.FileField(
        _("film"), upload_to=film_path, help_text=_("MP4 with H.264, at most three minutes and 20 MB.")
    )
    poster = models.ImageField(
        pgettext_lazy("film", "still"),
        upload_to=film_path,
        blank=True,
        help_text=_("Empty: taken out of the film."),
    )
    width = models.PositiveSmallIntegerField(_("width"), editable=False)
    height = models.PositiveSmallIntegerField(_("height"), editable=False)
    seconds = models.PositiveSmallIntegerField(_("seconds"), editable=False)

    class Meta:
        abstract = True
