"""How far one trainee is in one lesson."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LessonProgress(models.Model):
    """What of a lesson was watched or read, where the trainee stopped, and when it was done. In milliseconds.

    `intervals` are the pieces of the film that were credited, in their order and without overlap; of a
    text they are the time spent on it. `credited` is their sum.
    """

    enrolment = models.ForeignKey(
        "training.Enrolment", models.CASCADE, related_name="progress", verbose_name=_("enrolment")
    )
    lesson = models.ForeignKey(
        "training.LessonPage", models.CASCADE, related_name="progress", verbose_name=_("lesson")
    )
    intervals = models.JSONField(_("watched pieces"), default=list, blank=True)
    credited = models.PositiveIntegerField(_("credited, ms"), default=0)
    position = models.PositiveIntegerField(_("stopped at, ms"), default=0)
    heard_at = models.DateTimeField(_("last learnt"))
    reached_end_at = models.DateTimeField(_("reached the end"), null=True, blank=True)
    completed_at = models.DateTimeField(pgettext_lazy("lesson", "done"), null=True, blank=True)

    class Meta:
        verbose_name = _("progress in a lesson")
        verbose_name_plural = _("progress in lessons")
        ordering = ["enrolment", "lesson"]
        indexes = [models.Index(fields=["enrolment", "-heard_at"], name="progress_last_learnt")]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "lesson"], name="progress_once"),
            models.CheckConstraint(
                condition=Q(completed_at=None) | Q(completed_at__lte=models.F("heard_at")),
                name="progress_done_when_heard",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.lesson_id} {self.credited}"
