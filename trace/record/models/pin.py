"""The scratch PIN of a package: digits under a coating, kept only as a keyed hash."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ScratchPin(models.Model):
    """What is known of the digits under one scratch field, and who tried to guess them."""

    code = models.OneToOneField(
        "record.Code", models.CASCADE, primary_key=True, related_name="pin", verbose_name=_("code")
    )
    length = models.PositiveSmallIntegerField(_("digits"))
    digest = models.CharField(max_length=64, editable=False)
    failures = models.PositiveSmallIntegerField(_("wrong in this hour"), default=0)
    failures_in_all = models.PositiveIntegerField(_("wrong in all"), default=0)
    failed_at = models.DateTimeField(_("last wrong at"), null=True, blank=True)
    locked = models.BooleanField(_("locked until an operator looks"), default=False)
    right_count = models.PositiveIntegerField(pgettext_lazy("answer", "right"), default=0)
    first_right_at = models.DateTimeField(_("first right at"), null=True, blank=True)
    first_device = models.CharField(max_length=32, blank=True, default="", editable=False)

    class Meta:
        verbose_name = _("scratch PIN")
        verbose_name_plural = _("scratch PINs")
        constraints = [
            models.CheckConstraint(condition=Q(length__gte=6, length__lte=8), name="scratch_pin_length"),
            models.CheckConstraint(
                condition=Q(right_count=0, first_right_at__isnull=True)
                | Q(right_count__gt=0, first_right_at__isnull=False),
                name="scratch_pin_right_has_a_first_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.length}"
