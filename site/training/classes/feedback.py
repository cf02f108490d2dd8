"""Feedback: what somebody who came thinks of a class, without who they are."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STARS = [MinValueValidator(1), MaxValueValidator(5)]


class Feedback(models.Model):
    """One answer. `mark` is a keyed hash of the sign-up: one answer each, and nobody can be looked up by it.

    Only the day is kept: a moment would tell who it was.
    """

    training_class = models.ForeignKey(
        "training.TrainingClass",
        models.CASCADE,
        related_name="feedback",
        verbose_name=pgettext_lazy("training", "class"),
    )
    content = models.PositiveSmallIntegerField(_("useful for my work"), validators=STARS)
    teaching = models.PositiveSmallIntegerField(_("well explained"), validators=STARS)
    setting = models.PositiveSmallIntegerField(_("time, room and care"), validators=STARS)
    words = models.CharField(
        _("in your words"), max_length=500, blank=True, help_text=_("What helped, what was missing.")
    )
    mark = models.CharField(max_length=64, editable=False)
    given_on = models.DateField(_("on"))

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        ordering = ["-given_on", "mark"]
        constraints = [
            models.UniqueConstraint(fields=["training_class", "mark"], name="feedback_once_a_person"),
            models.CheckConstraint(
                condition=Q(content__range=(1, 5), teaching__range=(1, 5), setting__range=(1, 5)),
                name="feedback_one_to_five",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.training_class_id} {self.content}{self.teaching}{self.setting}"
