"""What a buyer reports about a package: the problem, photos, and how it was handled."""

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


def private_storage() -> Storage:
    """Return the storage no web server reads from: photos of buyers are shown to who handles them."""
    return storages["private"]


class ConsumerReport(models.Model):
    """One report. Whoever has its number sees its state and the answers; nobody else does."""

    class Kind(models.TextChoices):
        """What is wrong."""

        FAKE = "fake", _("It looks like a fake")
        SPOILT = "spoilt", _("It is spoilt or smells odd")
        FOREIGN = "foreign", _("Something is in it that does not belong there")
        ILL = "ill", _("Somebody felt ill after it")
        LABEL = "label", _("Package and record do not agree")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        """How far it is."""

        NEW = "new", pgettext_lazy("report", "received")
        LOOKING = "looking", _("being looked into")
        ANSWERED = "answered", _("answered")
        CLOSED = "closed", _("closed")

    number = models.CharField(_("receipt number"), max_length=12)
    region = models.ForeignKey(
        "brand.Region", models.PROTECT, related_name="consumer_reports", verbose_name=_("county")
    )
    serial = models.CharField(
        _("serial"), max_length=16, blank=True, help_text=_("As it was on the package.")
    )
    product = models.ForeignKey(
        "brand.Product",
        models.PROTECT,
        related_name="consumer_reports",
        null=True,
        blank=True,
        verbose_name=_("product"),
    )
    batch = models.ForeignKey(
        "record.Batch",
        models.PROTECT,
        related_name="consumer_reports",
        null=True,
        blank=True,
        verbose_name=_("batch"),
    )
    kind = models.CharField(_("what is wrong"), max_length=8, choices=Kind)
    text = models.TextField(_("in words"), max_length=1000)
    contact = models.CharField(_("contact"), max_length=60, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.NEW)
    created_at = models.DateTimeField(_("received at"))

    class Meta:
        verbose_name = _("consumer report")
        verbose_name_plural = _("consumer reports")
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["state", "-created_at"], name="report_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["number"], name="report_number_unique"),
            models.CheckConstraint(
                condition=Q(state__in=["new", "looking", "answered", "closed"]), name="report_state_known"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="report_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.created_at:%Y-%m-%d}"


class ReportPhoto(models.Model):
    """A photo the buyer sent, in private storage."""

    report = models.ForeignKey(ConsumerReport, models.CASCADE, related_name="photos")
    file = models.FileField(storage=private_storage, upload_to="reports/%Y/%m/")

    class Meta:
        verbose_name = _("photo of a report")
        verbose_name_plural = _("photos of reports")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.file.name or ""


class ReportStep(models.Model):
    """One step of handling a report: who moved it where, what the buyer was told. Only ever added."""

    report = models.ForeignKey(ConsumerReport, models.CASCADE, related_name="steps")
    state = models.CharField(_("state"), max_length=8, choices=ConsumerReport.State)
    reply = models.TextField(_("told to the buyer"), max_length=500, blank=True)
    note = models.TextField(_("note for ourselves"), max_length=500, blank=True)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )

    class Meta:
        verbose_name = _("step of a report")
        verbose_name_plural = _("steps of reports")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.get_state_display()
