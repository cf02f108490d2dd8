"""The asset: one thing of the visual identity, its colours, and how it may and may not be used."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from brand.vi.categories import VICategory, VISystem
from lib.pictures import NotAPicture, read_picture

EXAMPLE_SIDE = 960  # px: enough to see what is meant, too little to print


class VIAccess(models.TextChoices):
    """Who may have the engineering files. Previews of all but public ones are small and marked."""

    PUBLIC = "public", pgettext_lazy("VI asset", "everybody")
    MEMBERS = "members", pgettext_lazy("VI asset", "members")
    LICENSEES = "licensees", _("licensees")


class VIAssetQuerySet(models.QuerySet):
    """Assets by who sees them."""

    def published(self) -> "VIAssetQuerySet":
        """Return those that the public library lists."""
        return self.filter(state=VIAsset.State.PUBLISHED)


class VIAsset(ClusterableModel):
    """One thing of the visual identity, whose files come in versions."""

    class State(models.TextChoices):
        """Where it stands: nobody outside sees a draft, and nobody gets what was withdrawn."""

        DRAFT = "draft", pgettext_lazy("VI asset", "draft")
        PUBLISHED = "published", pgettext_lazy("VI asset", "published")
        WITHDRAWN = "withdrawn", pgettext_lazy("VI asset", "withdrawn")

    region = models.ForeignKey(
        "brand.Region", models.PROTECT, related_name="vi_assets", verbose_name=_("county")
    )
    category = models.ForeignKey(
        VICategory, models.PROTECT, related_name="assets", verbose_name=_("category")
    )
    slug = models.SlugField(
        _("slug"), max_length=64, help_text=_("Part of the address, once in a county: logo-upright.")
    )
    title = models.CharField(_("title"), max_length=80)
    keywords = models.CharField(
        _("search words"), max_length=200, blank=True, help_text=_("What people also call it. Not shown.")
    )
    summary = models.TextField(_("what it is for"), blank=True)
    access = models.CharField(
        _("who may download"), max_length=12, choices=VIAccess, default=VIAccess.MEMBERS
    )
    products = models.ManyToManyField(
        "brand.Product",
        blank=True,
        related_name="vi_assets",
        verbose_name=_("products"),
        help_text=_("For licensees only: of these products. None chosen: of any."),
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT, editable=False)
    position = models.PositiveSmallIntegerField(
        _("position"), default=100, help_text=_("Smaller ones come first.")
    )
    clear_space = models.DecimalField(
        _("clear space"),
        max_digits=4,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(2)],
        help_text=_("On every side, as a share of the height: 0.25 is a quarter."),
    )
    least_mm = models.DecimalField(
        _("least height in print, mm"),
        max_digits=6,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
    )
    least_px = models.PositiveSmallIntegerField(_("least height on screens, px"), null=True, blank=True)
    formats = models.CharField(
        max_length=80,
        default="|",
        editable=False,
        help_text="Formats of the current version between bars, |pdf|svg|: kept by brand.vi.publishing.",
    )
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = VIAssetQuerySet.as_manager()

    class Meta:
        verbose_name = _("VI asset")
        verbose_name_plural = _("VI assets")
        ordering = ["position", "title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "slug"],
                name="vi_asset_slug_once_per_county",
                violation_error_message=_("Another asset of this county has this address."),
            )
        ]
        indexes = [
            models.Index(fields=["region", "state", "category", "position"], name="vi_asset_of_category"),
            models.Index(fields=["region", "state", "position", "title"], name="vi_asset_in_order"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def system(self) -> VISystem:
        """Half of the identity it belongs to."""
        return VISystem(self.category.system)

    @property
    def is_public(self) -> bool:
        """Whether everybody may have its files."""
        return self.access == VIAccess.PUBLIC

    @property
    def is_published(self) -> bool:
        """Whether the public library shows it."""
        return self.state == self.State.PUBLISHED

    @property
    def format_list(self) -> list[str]:
        """Formats of the current version."""
        return [name for name in self.formats.split("|") if name]


class VIColour(Orderable):
    """One colour of an asset as screens and printers need it. RGB follows from the hexadecimal value."""

    asset = ParentalKey(VIAsset, on_delete=models.CASCADE, related_name="colours")
    name = models.CharField(_("name"), max_length=32)
    hex = models.CharField(
        _("on screens"),
        max_length=7,
        validators=[RegexValidator(r"^#[0-9A-Fa-f]{6}$", _("# and six of 0–9, A–F: #1F6B3A."))],
        help_text=_("Hexadecimal: #1F6B3A."),
    )
    cmyk = models.CharField(
        _("four-colour print"),
        max_length=16,
        blank=True,
        validators=[
            RegexValidator(
                r"^(100|\d{1,2})([ /,]+(100|\d{1,2})){3}$", _("Four numbers from 0 to 100: 85 30 95 20.")
            )
        ],
        help_text=_("C M Y K in percent: 85 30 95 20."),
    )
    pantone = models.CharField(_("Pantone"), max_length=24, blank=True, help_text=_("As in the fan: 349 C."))
    words = models.CharField(_("where it is used"), max_length=60, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("colour")
        verbose_name_plural = _("colours")

    def __str__(self) -> str:
        return f"{self.name} {self.hex}"

    @property
    def rgb(self) -> str:
        """Red, green and blue from 0 to 255, as programs take them."""
        return " ".join(str(int(self.hex[at : at + 2], 16)) for at in (1, 3, 5))


class VIExample(Orderable):
    """A picture of how it is done, or of what is not done, with the reason below."""

    class Kind(models.TextChoices):
        """Which of the two."""

        DO = "do", _("do")
        DONT = "dont", _("don't")

    asset = ParentalKey(VIAsset, on_delete=models.CASCADE, related_name="examples")
    kind = models.CharField(_("kind"), max_length=4, choices=Kind, default=Kind.DO)
    picture = models.ImageField(_("picture"), upload_to="vi/examples/", blank=True)
    words = models.CharField(_("in words"), max_length=80)

    class Meta(Orderable.Meta):
        verbose_name = _("do or don't")
        verbose_name_plural = _("do and don't")

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        """Read a new picture by its content, and keep it small.

        Raises:
            ValidationError: it is no picture.
        """
        if self.picture and not getattr(self.picture, "_committed", True):
            try:
                self.picture = read_picture(self.picture.file, longest=EXAMPLE_SIDE)
            except NotAPicture as error:
                raise ValidationError({"picture": error.reason}) from error
