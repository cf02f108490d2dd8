"""Cartons: packages put together under one SSCC, and the company prefixes those numbers begin with."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from lib.sscc import grouped, validate_prefix


class CompanyPrefix(models.Model):
    """A GS1 company prefix (厂商识别代码), and the number its next carton gets."""

    prefix = models.CharField(
        _("GS1 company prefix"),
        max_length=10,
        unique=True,
        validators=[validate_prefix],
        help_text=_("7 to 10 digits, from the licence of the article numbering centre."),
    )
    member = models.OneToOneField(
        "brand.Member",
        models.PROTECT,
        related_name="company_prefix",
        null=True,
        blank=True,
        verbose_name=_("member"),
        help_text=_("Empty: the association's own, for members who have none."),
    )
    next_reference = models.PositiveBigIntegerField(_("next number"), default=1, editable=False)

    class Meta:
        verbose_name = _("GS1 company prefix")
        verbose_name_plural = _("GS1 company prefixes")
        ordering = ["prefix"]
        constraints = [
            models.UniqueConstraint(
                Coalesce("member_id", 0),
                name="company_prefix_one_for_all",
                violation_error_message=_("There is a prefix for everybody already."),
            ),
        ]

    def __str__(self) -> str:
        return self.prefix


class Carton(models.Model):
    """A carton of packages of one batch, under one SSCC. It is unpacked, never deleted."""

    sscc = models.CharField("SSCC", max_length=18, unique=True, validators=[RegexValidator(r"\A[0-9]{18}\Z")])
    batch = models.ForeignKey("record.Batch", models.PROTECT, related_name="cartons", verbose_name=_("batch"))
    capacity = models.PositiveSmallIntegerField(_("packages it holds"))
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("made by"),
    )

    class Meta:
        verbose_name = _("carton")
        verbose_name_plural = _("cartons")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(capacity__gte=1, capacity__lte=1000), name="carton_capacity_sensible"
            ),
        ]

    def __str__(self) -> str:
        return grouped(self.sscc)
