"""The trademark: one sign of the brand."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Trademark(models.Model):
    """A sign that is, or is to be, protected: a word, a figure, or both."""

    class Kind(models.TextChoices):
        """What is protected."""

        WORD = "word", pgettext_lazy("trademark", "word")
        FIGURE = "figure", pgettext_lazy("trademark", "figure")
        COMBINED = "combined", pgettext_lazy("trademark", "word and figure")

    region = models.ForeignKey(
        "brand.Region", models.PROTECT, related_name="trademarks", verbose_name=_("county")
    )
    name = models.CharField(_("name"), max_length=40)
    kind = models.CharField(
        pgettext_lazy("trademark", "sign"), max_length=12, choices=Kind, default=Kind.WORD
    )
    image = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("trademark", "picture"),
        help_text=_("As it was filed. A word without a picture is shown in letters."),
    )
    owner = models.CharField(_("owner"), max_length=80, help_text=_("Who stands in the register."))
    about = models.TextField(
        _("what it is for"), max_length=200, blank=True, help_text=_("One sentence for visitors.")
    )
    position = models.PositiveSmallIntegerField(
        _("place in the list"), default=100, help_text=_("Small numbers come first.")
    )

    class Meta:
        verbose_name = _("trademark")
        verbose_name_plural = _("trademarks")
        ordering = ["position", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["region", "name", "kind"], name="trademark_once_per_county")
        ]

    def __str__(self) -> str:
        return self.name
