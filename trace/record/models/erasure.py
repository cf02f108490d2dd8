"""The erasure: names taken out of an event because the person asked for it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class NameErasure(models.Model):
    """That, when, by whom and why the names of an event were erased. It does not say whose they were."""

    event = models.OneToOneField(
        "record.Event", models.PROTECT, related_name="erasure", verbose_name=_("event")
    )
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("erased by"),
    )
    reason = models.CharField(_("on what grounds"), max_length=200)

    class Meta:
        verbose_name = _("erasure of names")
        verbose_name_plural = _("erasures of names")
        ordering = ["-at", "-id"]
        default_permissions = ["view", "add"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="erasure_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.event_id} {self.at:%Y-%m-%d}"
