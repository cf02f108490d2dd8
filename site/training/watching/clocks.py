"""The time of a trainee that was already spent on learning."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WatchClock(models.Model):
    """Up to when the time of one trainee is spent, however many tabs and devices they learn on.

    Every credited piece uses up time of this one clock, which never runs ahead of the server's: that is
    why nothing credits more than the time that passed. Moments are milliseconds since 1970.
    """

    trainee = models.OneToOneField(
        "training.Trainee", models.CASCADE, primary_key=True, related_name="clock", verbose_name=_("trainee")
    )
    spent_until = models.BigIntegerField(_("spent until"), default=0)
    openings = models.JSONField(
        _("openings"), default=dict, blank=True, help_text=_("When each open page began to play.")
    )

    class Meta:
        verbose_name = _("clock of a trainee")
        verbose_name_plural = _("clocks of trainees")

    def __str__(self) -> str:
        return f"{self.trainee_id} {self.spent_until}"
