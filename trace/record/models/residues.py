"""Residue tests of a batch, and the laboratory reports that answer a positive one."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from record.papers.numbers import new_number

POSITIVE_FROM = Decimal(50)  # % inhibition, GB/T 5009.199: a laboratory must look


class ResidueTest(models.Model):
    """A quick test for pesticide residues; 50 % inhibition and more needs a laboratory test.

    The enzyme answers to organophosphates and carbamates alike, so it is one figure for both.
    """

    class Method(models.TextChoices):
        """How it was tested."""

        ENZYME = "enzyme", _("enzyme inhibition")
        SENSOR = "sensor", _("enzyme inhibition, handheld device")
        OTHER = "other", _("another quick method")

    batch = models.ForeignKey(
        "record.Batch", models.PROTECT, related_name="residue_tests", verbose_name=_("batch")
    )
    number = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    sample = models.CharField(
        _("sample"), max_length=80, blank=True, help_text=_("What was taken, how much, where.")
    )
    method = models.CharField(_("method"), max_length=12, choices=Method, default=Method.ENZYME)
    inhibition = models.DecimalField(
        _("inhibition by organophosphates and carbamates, %"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(-20)), MaxValueValidator(Decimal(100))],
        help_text=_("From 50 % on it is positive: the batch waits for a laboratory."),
    )
    standard = models.CharField(_("standard"), max_length=40, default="GB/T 5009.199")
    tested_at = models.DateTimeField(_("tested at"))
    tested_by = models.CharField(_("tested by"), max_length=60)
    photo = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("photo of the result"),
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("entered by"),
    )

    class Meta:
        verbose_name = _("residue test")
        verbose_name_plural = _("residue tests")
        ordering = ["tested_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(inhibition__gte=-20, inhibition__lte=100),
                name="residue_inhibition_is_a_percentage",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.inhibition} %"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a new one gets its number."""
        if not self.number:
            moment: datetime = models.DateTimeField().to_python(self.tested_at)
            self.number = new_number("JC", on=timezone.localdate(moment))
        super().save(*args, **kwargs)

    @property
    def is_positive(self) -> bool:
        """Whether the quick test alone does not clear the batch."""
        return self.inhibition >= POSITIVE_FROM

    @property
    def is_cleared(self) -> bool:
        """Whether the batch may be sold as far as it goes: the newest report decides a positive one."""
        if not self.is_positive:
            return True
        reports = sorted(self.reports.all(), key=lambda report: (report.issued_on, report.pk))
        return bool(reports) and reports[-1].is_clean


class LaboratoryReport(models.Model):
    """What a laboratory found after a positive quick test."""

    class Result(models.TextChoices):
        """Against GB 2763."""

        CLEAN = "clean", _("within the limits")
        EXCEEDED = "exceeded", _("over a limit")

    test = models.ForeignKey(
        ResidueTest, models.PROTECT, related_name="reports", verbose_name=_("residue test")
    )
    number = models.CharField(_("report number"), max_length=60)
    laboratory = models.CharField(_("laboratory"), max_length=80, blank=True)
    issued_on = models.DateField(_("issued on"))
    result = models.CharField(_("result"), max_length=10, choices=Result)
    document = models.ForeignKey(
        "wagtaildocs.Document",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("document"),
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("entered by"),
    )

    class Meta:
        verbose_name = _("laboratory report")
        verbose_name_plural = _("laboratory reports")
        ordering = ["issued_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["test", "number"], name="laboratory_report_once_per_test"),
            models.CheckConstraint(condition=~Q(number=""), name="laboratory_report_has_a_number"),
            models.CheckConstraint(
                condition=Q(result__in=["clean", "exceeded"]), name="laboratory_result_known"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_clean(self) -> bool:
        """Whether it found nothing over a limit."""
        return self.result == self.Result.CLEAN

    @property
    def document_name(self) -> str:
        """The file name of the scan."""
        return str(self.document.filename) if self.document else ""
