"""Duties: which stages are not recorded without a responsible party or a witness (NY/T 4712-2025)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from record.models.event import Event


class StageDuty(models.Model):
    """What an event of a stage must name from now on. What was recorded before stays as it is."""

    stage = models.CharField(_("stage"), max_length=12, choices=Event.Stage, unique=True)
    needs_responsible = models.BooleanField(_("needs a responsible party"), default=True)
    needs_witness = models.BooleanField(
        _("needs a witness"), default=False, help_text=_("Somebody who attests to it.")
    )

    class Meta:
        verbose_name = _("duty of a stage")
        verbose_name_plural = _("duties of stages")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Event.Stage.values), name="stage_duty_stage_known"),
        ]

    def __str__(self) -> str:
        return str(self.get_stage_display())
