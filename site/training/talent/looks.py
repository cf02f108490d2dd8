"""The log of looks: which member, or the office, opened a profile on which day. The trainee reads it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TalentLook(models.Model):
    """That a profile was opened; once a day for each member. Without a member it was the training office."""

    trainee = models.ForeignKey(
        "training.Trainee", models.CASCADE, related_name="talent_looks", verbose_name=_("trainee")
    )
    member = models.ForeignKey(
        "brand.Member", models.CASCADE, related_name="+", null=True, blank=True, verbose_name=_("member")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("by"),
    )
    day = models.DateField(_("day"))
    at = models.DateTimeField(pgettext_lazy("look", "first that day"))

    class Meta:
        verbose_name = pgettext_lazy("talent pool", "look")
        verbose_name_plural = pgettext_lazy("talent pool", "looks")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["trainee", "-at"], name="talent_looks_of_trainee"),
            models.Index(fields=["member", "day"], name="talent_looks_of_member"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["trainee", "member", "day"], name="talent_look_once_a_day"),
            models.UniqueConstraint(
                fields=["trainee", "day"], condition=Q(member=None), name="talent_look_of_office_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.member or ''}"
