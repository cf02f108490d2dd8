"""The meeting: one stretch of time of a class, which people check in to."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brand.activities.models import new_key

OPENS = timedelta(hours=1)  # before it begins
CLOSES = timedelta(hours=1)  # after it ends


class Meeting(models.Model):
    """From when to when, about what, in which room. Its key makes the codes of its door and of no other."""

    training_class = models.ForeignKey(
        "training.TrainingClass",
        models.CASCADE,
        related_name="meetings",
        verbose_name=pgettext_lazy("training", "class"),
    )
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    topic = models.CharField(_("topic"), max_length=80, blank=True)
    booking = models.OneToOneField(
        "training.Booking",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="meeting",
        verbose_name=_("booking of a room"),
    )
    key = models.CharField(max_length=64, default=new_key, editable=False)

    class Meta:
        verbose_name = pgettext_lazy("class", "meeting")
        verbose_name_plural = pgettext_lazy("class", "meetings")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["training_class", "starts_at"], name="meeting_of_class")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="meeting_times_in_order",
                violation_error_message=_("It ends before it begins."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.training_class_id} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def opens_at(self) -> datetime:
        """When the door opens."""
        return self.starts_at - OPENS

    @property
    def closes_at(self) -> datetime:
        """When the door closes."""
        return self.ends_at + CLOSES

    def checks_in(self, *, at: datetime) -> bool:
        """Tell whether people may check in at that moment."""
        return self.opens_at <= at <= self.closes_at
