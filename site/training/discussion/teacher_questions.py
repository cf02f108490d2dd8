"""A question to the teacher of a course."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class TeacherQuestion(models.Model):
    """What a trainee asks, and the answer. Others read it when the teacher shows it, without the name."""

    LONGEST = 1000
    LONGEST_ANSWER = 4000

    enrolment = models.ForeignKey(
        "training.Enrolment", models.CASCADE, related_name="teacher_questions", verbose_name=_("enrolment")
    )
    lesson = models.ForeignKey(
        "training.LessonPage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lesson"),
    )
    text = models.TextField(_("question"), max_length=LONGEST)
    asked_at = models.DateTimeField(_("asked"))
    answer = models.TextField(_("answer"), max_length=LONGEST_ANSWER, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    is_shown = models.BooleanField(
        _("shown to everybody in the course"), default=False, help_text=_("Without the name of who asked.")
    )

    class Meta:
        verbose_name = _("question to the teacher")
        verbose_name_plural = _("questions to the teacher")
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(fields=["asked_at"], name="teacher_question_open", condition=Q(answered_at=None))
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="") | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="teacher_question_answer_dated",
            ),
            models.CheckConstraint(
                condition=Q(is_shown=False) | Q(answered_at__isnull=False),
                name="teacher_question_shown_answered",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
