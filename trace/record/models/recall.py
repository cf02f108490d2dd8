"""Recalls: who asked for which batches back, why, and who lifted it again; pages ask the batch."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Recall(models.Model):
    """One act of recalling: the batch it began with, and all that were recalled with it. Never deleted."""

    batch = models.ForeignKey(
        "record.Batch", models.PROTECT, related_name="recalls", verbose_name=_("began with")
    )
    reason = models.CharField(_("why it is recalled"), max_length=200)
    advice = models.CharField(_("what buyers should do"), max_length=200, blank=True)
    begun_at = models.DateTimeField(_("begun at"))
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recalled by"),
    )

    class Meta:
        verbose_name = _("recall")
        verbose_name_plural = _("recalls")
        ordering = ["-begun_at", "-id"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="recall_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.begun_at:%Y-%m-%d} {self.reason}"


class RecalledBatch(models.Model):
    """One batch of a recall, until it is lifted."""

    recall = models.ForeignKey(Recall, models.PROTECT, related_name="entries", verbose_name=_("recall"))
    batch = models.ForeignKey(
        "record.Batch", models.PROTECT, related_name="recall_entries", verbose_name=_("batch")
    )
    codes_out = models.PositiveIntegerField(_("packages out"), default=0)
    lifted_at = models.DateTimeField(_("lifted at"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lifted by"),
    )
    lift_reason = models.CharField(_("why it was lifted"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("recalled batch")
        verbose_name_plural = _("recalled batches")
        ordering = ["recall", "id"]
        constraints = [
            models.UniqueConstraint(fields=["recall", "batch"], name="recalled_batch_once_in_a_recall"),
            models.UniqueConstraint(
                fields=["batch"], condition=Q(lifted_at__isnull=True), name="recalled_batch_by_one_recall"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lift_reason="")
                | (Q(lifted_at__isnull=False) & ~Q(lift_reason="")),
                name="recall_lifted_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recall_id} {self.batch_id}"
