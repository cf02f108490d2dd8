"""The product under the brand: what a batch is a batch of, and what the shop sells."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lib.gtin import validate_gtin14


class Product(models.Model):
    """A product of a member, licensed under the brand: name, GTIN, pack size."""

    region = models.ForeignKey(
        "brand.Region", models.PROTECT, related_name="products", verbose_name=_("county")
    )
    member = models.ForeignKey(
        "brand.Member", models.PROTECT, related_name="products", verbose_name=_("member")
    )
    name = models.CharField(_("name"), max_length=60)
    slug = models.SlugField(_("slug"), max_length=64, unique=True)
    gtin = models.CharField(
        _("GTIN"),
        max_length=14,
        unique=True,
        null=True,
        blank=True,
        validators=[validate_gtin14],
        help_text=_("14 digits with a right check digit. Without one, codes carry the short link."),
    )
    pack_size = models.CharField(_("pack size"), max_length=40, help_text=_("As printed: 5 千克 a bundle."))
    summary = models.CharField(_("one line"), max_length=80, blank=True)
    description = models.TextField(_("description"), blank=True)
    art = models.CharField(
        _("drawing"), max_length=40, blank=True, help_text=_("Name of a drawing of the theme, without .svg.")
    )
    image = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
    )
    crop = models.ForeignKey(
        "brand.Crop",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="products",
        verbose_name=_("crop"),
    )
    needs_certificate = models.BooleanField(
        _("needs a conformity certificate"),
        default=True,
        help_text=_("Fresh produce: a code of it is activated only for a batch with a valid 合格证."),
    )

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} {self.pack_size}"

    def save(self, *args, **kwargs):
        """Save; an empty GTIN is none at all, so that several products may be without."""
        self.gtin = self.gtin or None
        super().save(*args, **kwargs)
