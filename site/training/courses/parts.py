"""What belongs to a course and is written with it: who teaches, for whom, what comes before."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Orderable

from training.learning.trainees import Trainee


class CourseTeacher(Orderable):
    """A teacher of a course; the first one stands for it in lists."""

    course = ParentalKey("training.CoursePage", on_delete=models.CASCADE, related_name="taught_by")
    teacher = models.ForeignKey(
        "training.TeacherPage", models.CASCADE, related_name="teaches", verbose_name=_("teacher")
    )

    panels = [PageChooserPanel("teacher")]

    class Meta(Orderable.Meta):
        verbose_name = _("teacher of a course")
        verbose_name_plural = _("teachers of courses")
        constraints = [
            models.UniqueConstraint(
                fields=["course", "teacher"],
                name="course_teacher_once",
                violation_error_message=_("This teacher is named twice."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.course} · {self.teacher}"


class CourseAudience(Orderable):
    """A group of trainees a course is made for."""

    course = ParentalKey("training.CoursePage", on_delete=models.CASCADE, related_name="audiences")
    group = models.CharField(_("made for"), max_length=12, choices=Trainee.Group)

    panels = [FieldPanel("group")]

    class Meta(Orderable.Meta):
        verbose_name = _("audience of a course")
        verbose_name_plural = _("audiences of courses")
        constraints = [
            models.UniqueConstraint(
                fields=["course", "group"],
                name="course_audience_once",
                violation_error_message=_("This group is named twice."),
            )
        ]

    def __str__(self) -> str:
        return str(self.get_group_display())


class Prerequisite(Orderable):
    """A course that has to be completed before another one is begun."""

    course = ParentalKey("training.CoursePage", on_delete=models.CASCADE, related_name="prerequisites")
    required = models.ForeignKey(
        "training.CoursePage", models.CASCADE, related_name="leads_to", verbose_name=_("course before")
    )

    panels = [PageChooserPanel("required")]

    class Meta(Orderable.Meta):
        verbose_name = _("course before a course")
        verbose_name_plural = _("courses before courses")
        constraints = [
            models.UniqueConstraint(
                fields=["course", "required"],
                name="prerequisite_once",
                violation_error_message=_("This course is named twice."),
            ),
            models.CheckConstraint(
                condition=~Q(course=F("required")),
                name="prerequisite_is_another",
                violation_error_message=_("A course cannot come before itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.required} → {self.course}"
