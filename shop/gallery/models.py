"""Pictures and the film of an article."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from brand.films.models import (
    Film,
    film_path,  # noqa: F401 - an older migration names it here
)


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


class ArticleFilm(Film):
    """The film of an article; looked into before it is kept (`shop.gallery.keeping`)."""

    article = models.OneToOneField(
        "catalogue.Product", models.CASCADE, related_name="film", verbose_name=_("article")
    )

    class Meta:
        verbose_name = _("film of an article")
        verbose_name_plural = _("films of articles")

    def __str__(self) -> str:
        return str(self.article)
