"""The places of a course: how many are taken, on a row of its own.

The course is a page: publishing it writes all of its columns from a version that may be old, so what
changes with every trainee does not stand there.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class CoursePlaces(models.Model):
    """How many places of one course are taken, held to its limit by the database."""

    course = models.OneToOneField(
        "training.CoursePage", models.CASCADE, related_name="places", verbose_name=_("course")
    )
    limit = models.PositiveIntegerField(
        _("places"),
        null=True,
        blank=True,
        help_text=_(
            "As the course says; as many as are taken where that was lowered since. Empty: no limit."
        ),
    )
    taken = models.PositiveIntegerField(_("places taken"), default=0)

    class Meta:
        verbose_name = _("places of a course")
        verbose_name_plural = _("places of courses")
        constraints = [
            models.CheckConstraint(
                condition=Q(limit=None) | Q(taken__lte=F("limit")), name="course_places_within_limit"
            )
        ]

    def __str__(self) -> str:
        return f"{self.course_id} {self.taken}"

    @property
    def free(self) -> int | None:
        """How many places are free; None: no limit."""
        return None if self.limit is None else self.limit - self.taken


@contextmanager
def locked_places(course_pk: int) -> Iterator[CoursePlaces]:
    """Hold the places of a course alone in a transaction.

    Who enrols, leaves or moves up locks this row first and enrolments after: of two who ask for the last
    place at once, one waits here and then finds it gone.
    """
    with transaction.atomic():
        CoursePlaces.objects.get_or_create(course_id=course_pk)
        yield CoursePlaces.objects.select_for_update().get(course_id=course_pk)
