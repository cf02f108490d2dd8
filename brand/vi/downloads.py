"""The log of downloads: who took which files, under which right, and how far it went."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class VIDownload(models.Model):
    """What happened to one link: the first answer, and every further one that took it up again.

    `bytes_sent` counts what the server handed to the network, all answers together: a download that was
    taken up again may have sent some bytes twice.
    """

    class State(models.TextChoices):
        """How it went. Begun and nothing more: it runs, or the server went down under it."""

        BEGUN = "begun", pgettext_lazy("a download", "begun")
        COMPLETED = "completed", pgettext_lazy("a download", "complete")
        ABORTED = "aborted", pgettext_lazy("a download", "broken off")
        STOPPED = "stopped", pgettext_lazy("a download", "stopped by us")

    region = models.ForeignKey("brand.Region", models.PROTECT, related_name="+", verbose_name=_("county"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person"),
        help_text=_("Empty: a visitor who was not signed in, or an account deleted since."),
    )
    member = models.ForeignKey(
        "brand.Member",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="vi_downloads",
        verbose_name=_("member"),
    )
    licence = models.ForeignKey(
        "brand.Licence",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="vi_downloads",
        verbose_name=_("licence"),
    )
    agreement = models.ForeignKey(
        "brand.VIAgreement",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("VI agreement"),
    )
    label = models.CharField(_("what"), max_length=200)
    files = models.ManyToManyField("brand.VIFile", related_name="downloads", verbose_name=_("files"))
    contents = models.JSONField(_("contents"), default=list, help_text="[asset, version, file name] each.")
    is_zip = models.BooleanField(_("as one zip"), default=False)
    link = models.CharField(max_length=64, unique=True, editable=False)
    size = models.PositiveBigIntegerField(_("bytes"))
    bytes_sent = models.PositiveBigIntegerField(_("bytes sent"), default=0)
    answers = models.PositiveIntegerField(
        _("answers"), default=0, help_text=_("More than 1: taken up again.")
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.BEGUN)
    reason = models.TextField(_("why it was stopped"), blank=True)
    begun_at = models.DateTimeField(_("begun"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("VI download")
        verbose_name_plural = _("VI downloads")
        ordering = ["-begun_at", "-pk"]
        indexes = [
            models.Index(fields=["-begun_at"], name="vi_download_newest"),
            models.Index(fields=["member", "-begun_at"], name="vi_download_of_member"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="begun") | Q(ended_at__isnull=False), name="vi_download_ended_has_time"
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def contents_in_words(self) -> str:
        """Every file on a line: asset, version, name."""
        return "\n".join(f"{title} v{version} · {name}" for title, version, name in self.contents)
