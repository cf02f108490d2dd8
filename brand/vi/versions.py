"""The version: the files of an asset as they were given out from one day on."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from brand.private import private_storage
from brand.vi.assets import VIAsset


class VIVersion(models.Model):
    """One state of an asset's files. Published ones never change; a change is the next version."""

    class Preview(models.TextChoices):
        """How far its picture is."""

        PENDING = "pending", _("being drawn")
        READY = "ready", _("drawn")
        FAILED = "failed", _("cannot be drawn")

    asset = models.ForeignKey(VIAsset, models.CASCADE, related_name="versions", verbose_name=_("asset"))
    number = models.PositiveSmallIntegerField(_("version"))
    notes = models.TextField(_("what changed"), blank=True)
    current = models.BooleanField(_("current"), default=False, editable=False)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)

    preview = models.CharField(_("picture"), max_length=8, choices=Preview, default=Preview.PENDING)
    preview_note = models.TextField(_("note on the picture"), blank=True)
    preview_marked = models.BooleanField(default=True, editable=False)
    preview_small = models.FileField(upload_to="vi/previews/", blank=True, editable=False)
    preview_large = models.FileField(upload_to="vi/previews/", blank=True, editable=False)
    preview_width = models.PositiveSmallIntegerField(default=0, editable=False)
    preview_height = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("VI version")
        verbose_name_plural = _("VI versions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["asset", "number"], name="vi_version_number_once"),
            models.UniqueConstraint(
                fields=["asset"], condition=Q(current=True), name="vi_version_one_current"
            ),
            models.CheckConstraint(
                condition=Q(current=False) | Q(published_at__isnull=False),
                name="vi_version_current_is_published",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asset} · {self.number}"

    @property
    def is_published(self) -> bool:
        """Whether it was ever given out: then its files stay as they are."""
        return self.published_at is not None


class VIFormat(models.TextChoices):
    """What a file is, told by its content."""

    SVG = "svg", "SVG"
    AI = "ai", "AI"
    PDF = "pdf", "PDF"
    PNG = "png", "PNG"
    JPG = "jpg", "JPG"
    TIFF = "tif", "TIFF"
    ZIP = "zip", "ZIP"


class VIFile(models.Model):
    """One engineering file. It lies in the private storage; only a permission-checked answer hands it out."""

    version = models.ForeignKey(VIVersion, models.CASCADE, related_name="files", verbose_name=_("version"))
    format = models.CharField(_("format"), max_length=4, choices=VIFormat)
    is_cmyk = models.BooleanField(_("in print colours (CMYK)"), default=False)
    name = models.CharField(_("file name"), max_length=120)
    file = models.FileField(_("file"), storage=private_storage, max_length=200)
    size = models.PositiveBigIntegerField(_("bytes"))
    sha256 = models.CharField("SHA-256", max_length=64)
    width = models.PositiveIntegerField(_("width"), null=True, blank=True)
    height = models.PositiveIntegerField(_("height"), null=True, blank=True)
    pages = models.PositiveSmallIntegerField(_("pages"), null=True, blank=True)
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        verbose_name = _("VI file")
        verbose_name_plural = _("VI files")
        ordering = ["format", "is_cmyk", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "sha256"],
                name="vi_file_content_once_per_version",
                violation_error_message=_("This file is in this version already."),
            ),
            models.UniqueConstraint(
                fields=["version", "name"],
                name="vi_file_name_once_per_version",
                violation_error_message=_("This version has a file of that name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def measures(self) -> str:
        """How large the thing is: pixels of a picture, millimetres and pages of a PDF."""
        if not self.width or not self.height:
            return ""
        if self.pages is None:
            return f"{self.width} × {self.height} px"
        size = f"{self.width} × {self.height} mm"
        words = ngettext("%(count)d page", "%(count)d pages", self.pages) % {"count": self.pages}
        return size if self.pages == 1 else f"{size} · {words}"
