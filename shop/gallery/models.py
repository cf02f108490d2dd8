"""Pictures and the film of an article."""

from pathlib import PurePath
from secrets import token_hex

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


def film_path(film: "ArticleFilm", name: str) -> str:
    """Return where a film or its still is kept; the name it came with says nothing to anybody."""
    return f"films/{token_hex(12)}{PurePath(name).suffix.lower()}"


class ArticlePicture(models.Model):
    """One picture of an article, in its order: front, back, label, close by, in use."""

    article = models.ForeignKey(
        "catalogue.Product", models.CASCADE, related_name="pictures", verbose_name=_("article")
    )
    image = models.ForeignKey(
        "wagtailimages.Image", models.CASCADE, related_name="+", verbose_name=_("picture")
    )
    alt = models.CharField(
        _("what is on it"), max_length=80, blank=True, help_text=_("For people who cannot see it.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("picture of an article")
        verbose_name_plural = _("pictures of articles")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "image"], name="article_picture_once"),
        ]

    def __str__(self) -> str:
        return self.alt or str(self.image)


class ArticleFilm(models.Model):
    """The film of an article; looked into before it is kept (`shop.gallery.keeping`)."""

    article = models.OneToOneField(
        "catalogue.Product", models.CASCADE, related_name="film", verbose_name=_("article")
    )
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
        verbose_name = _("film of an article")
        verbose_name_plural = _("films of articles")

    def __str__(self) -> str:
        return str(self.article)
