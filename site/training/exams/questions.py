"""The bank of questions: what can be asked, how hard it is, what is right."""

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

EASIEST, HARDEST = 1, 5
MOST_OPTIONS = 8


class QuestionQuerySet(models.QuerySet):
    """Questions by where they may be asked."""

    def of_course(self, course_id: int) -> Self:
        """Return those a paper of that course may ask: its own, and those of no course."""
        return self.filter(Q(course=course_id) | Q(course=None), in_use=True)


class Question(ClusterableModel):
    """A question of the bank. What was asked in an attempt is a copy, so changing it changes no result."""

    class Kind(models.TextChoices):
        """How a question is answered."""

        SINGLE = "single", _("one is right")
        MULTIPLE = "multiple", _("several are right")
        TRUE_FALSE = "true_false", _("right or wrong")
        FILL_IN = "fill_in", _("fill in")
        SHORT = "short", _("short answer")

    class AskedIn(models.TextChoices):
        """Which papers ask it. Never both: a quiz tells at once what is right."""

        EXAM = "exam", pgettext_lazy("question", "exams")
        QUIZ = "quiz", pgettext_lazy("question", "quizzes of lessons")

    CHOSEN = (Kind.SINGLE, Kind.MULTIPLE)
    BY_HAND = (Kind.SHORT,)

    course = models.ForeignKey(
        "training.CoursePage",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="questions",
        verbose_name=_("course"),
        help_text=_("Empty: papers of every course may ask it."),
    )
    asked_in = models.CharField(
        pgettext_lazy("question", "asked in"),
        max_length=8,
        choices=AskedIn,
        default=AskedIn.EXAM,
        help_text=_("A quiz tells at once what is right; so no exam asks what a quiz may ask."),
    )
    topic = models.CharField(_("topic"), max_length=40, blank=True)
    kind = models.CharField(pgettext_lazy("question", "kind"), max_length=12, choices=Kind)
    difficulty = models.PositiveSmallIntegerField(
        _("difficulty"),
        default=2,
        validators=[MinValueValidator(EASIEST), MaxValueValidator(HARDEST)],
        help_text=_("1 is easy, 5 is hard."),
    )
    text = models.TextField(pgettext_lazy("exam", "question"), max_length=500)
    picture = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
    )
    holds = models.BooleanField(
        _("the statement is right"),
        null=True,
        blank=True,
        help_text=_("Only for right or wrong."),
    )
    answer = models.TextField(
        pgettext_lazy("exam", "answer"),
        max_length=500,
        blank=True,
        help_text=_(
            "Fill in: every way of writing that counts as right, one a line. "
            "Short answer: what a good answer says, for those who mark."
        ),
    )
    explanation = models.TextField(
        _("explanation"), max_length=500, blank=True, help_text=_("Shown with the result: why it is so.")
    )
    in_use = models.BooleanField(
        _("in use"), default=True, help_text=_("A question that is not in use is asked in no new attempt.")
    )
    edition = models.PositiveIntegerField(_("edition"), default=1, editable=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("exam", "question")
        verbose_name_plural = pgettext_lazy("exam", "questions")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["course", "kind", "difficulty"], name="question_to_draw")]
        constraints = [
            models.CheckConstraint(
                condition=Q(difficulty__gte=EASIEST, difficulty__lte=HARDEST), name="question_difficulty"
            ),
        ]

    def __str__(self) -> str:
        return Truncator(self.text).chars(40)


class Option(models.Model):
    """One of the answers to choose from, as the bank lists them; an attempt shuffles them."""

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="options")
    text = models.CharField(pgettext_lazy("option", "text"), max_length=120)
    is_right = models.BooleanField(_("right"), default=False)
    sort_order = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)

    sort_order_field = "sort_order"

    class Meta:
        verbose_name = _("option")
        verbose_name_plural = _("options")
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.text
