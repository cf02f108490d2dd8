"""The class: an activity that belongs to the training, with its teacher, its course and its meetings."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from training.courses.kinds import Kind

FOLLOW_UP_DAYS = 90


class ClassQuerySet(models.QuerySet):
    """Classes with what every page of theirs shows."""

    def public(self) -> Self:
        """Return those the site shows."""
        return self.filter(activity__is_public=True)

    def coming(self, *, at: datetime) -> Self:
        """Return what has not ended, soonest first."""
        return self.filter(activity__ends_at__gt=at).order_by("activity__starts_at", "pk")

    def past(self, *, at: datetime) -> Self:
        """Return what is over and took place, newest first."""
        over = self.filter(activity__ends_at__lte=at, activity__called_off_at=None)
        return over.order_by("-activity__starts_at", "-pk")


class TrainingClass(models.Model):
    """A class in a room or a live stream. Title, places, sign-ups and calling off are its activity's."""

    class Form(models.TextChoices):
        """Where it takes place."""

        ROOM = "room", pgettext_lazy("class", "off-line class")
        LIVE = "live", pgettext_lazy("class", "live stream")

    activity = models.OneToOneField(
        "brand.Activity", models.PROTECT, related_name="training_class", editable=False
    )
    form = models.CharField(pgettext_lazy("class", "form"), max_length=8, choices=Form, default=Form.ROOM)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.BASICS)
    course = models.ForeignKey(
        "training.CoursePage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="classes",
        verbose_name=_("course"),
        help_text=_("The class counts for this course, and its replay becomes one of its lessons."),
    )
    teacher = models.CharField(_("teacher"), max_length=40)
    led_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("led by"),
        help_text=_("Whose account is told what happens in the class."),
    )
    meetings_needed = models.PositiveSmallIntegerField(
        _("meetings to come to"), null=True, blank=True, help_text=_("Empty: all of them.")
    )
    live_url = models.URLField(_("address of the stream"), blank=True)
    replay_url = models.URLField(_("address of the recording"), blank=True)
    lesson = models.ForeignKey(
        "training.LessonPage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lesson made of it"),
        editable=False,
    )
    follow_up_days = models.PositiveSmallIntegerField(
        _("days to the follow-up"),
        default=FOLLOW_UP_DAYS,
        help_text=_("So long after the end everybody who came is asked what became of it; 0: nobody is."),
    )

    objects = ClassQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("training", "class")
        verbose_name_plural = pgettext_lazy("training", "classes")
        ordering = ["-activity__starts_at", "-pk"]
        permissions = [("oversee_trainingclass", "Can look after all classes of a county, not only own ones")]
        constraints = [
            models.CheckConstraint(
                condition=Q(meetings_needed=None) | Q(meetings_needed__gte=1),
                name="class_needs_a_meeting",
                violation_error_message=_("Who never came did not attend: one meeting at least."),
            )
        ]

    def __str__(self) -> str:
        return self.activity.title

    def get_absolute_url(self) -> str:
        """Return the address of its public page."""
        return self.activity.get_absolute_url()
