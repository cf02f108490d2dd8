"""Exams and quizzes: which questions, how long, how often, what is enough."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from training.exams.questions import EASIEST, HARDEST, Question

LONGEST = 300  # minutes
ENOUGH = 60  # percent; what passes in the counties' schools, and what counts a quiz lesson as done
_DIFFICULTY = [MinValueValidator(EASIEST), MaxValueValidator(HARDEST)]


class Exam(ClusterableModel):
    """The exam of a course; with a lesson it is that lesson's quiz: no clock, as often as one likes."""

    class State(models.TextChoices):
        """Whether it can be sat."""

        DRAFT = "draft", pgettext_lazy("exam", "draft")
        OPEN = "open", pgettext_lazy("exam", "open")
        CLOSED = "closed", pgettext_lazy("exam", "closed")

    class Review(models.TextChoices):
        """When a trainee sees what was right, with the explanations."""

        NEVER = "never", pgettext_lazy("exam", "never")
        FINISHED = "finished", _("when passed, or no attempt is left")
        ALWAYS = "always", _("after every attempt")

    class Release(models.TextChoices):
        """When a result is told."""

        AT_ONCE = "at_once", _("as soon as it is marked")
        TOGETHER = "together", _("all together, when an officer says so")

    course = models.ForeignKey(
        "training.CoursePage", models.PROTECT, related_name="exams", verbose_name=_("course")
    )
    lesson = models.OneToOneField(
        "training.LessonPage",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="quiz",
        verbose_name=_("quiz of the lesson"),
        help_text=_("Empty: this is the exam of the course."),
    )
    title = models.CharField(_("title"), max_length=80)
    note = models.TextField(
        _("what to know before"), max_length=300, blank=True, help_text=_("What may be used, what is asked.")
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        null=True,
        blank=True,
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST)],
        help_text=_("A quiz has no clock: leave it empty there."),
    )
    pass_percent = models.PositiveSmallIntegerField(
        _("enough to pass, in percent"),
        default=ENOUGH,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    most_attempts = models.PositiveSmallIntegerField(
        _("attempts"),
        null=True,
        blank=True,
        default=3,
        validators=[MinValueValidator(1)],
        help_text=_("Empty: as many as one likes."),
    )
    wait_hours = models.PositiveSmallIntegerField(
        _("hours between attempts"), default=24, validators=[MaxValueValidator(24 * 90)]
    )
    partial = models.BooleanField(
        _("part of the points"),
        default=True,
        help_text=_("Several are right: some of them give some of the points, a wrong one gives none."),
    )
    after_lessons = models.BooleanField(
        _("only after the lessons"), default=False, help_text=_("The lessons must be watched enough first.")
    )
    review = models.CharField(
        _("shows what was right"), max_length=12, choices=Review, default=Review.FINISHED
    )
    release = models.CharField(_("tells results"), max_length=12, choices=Release, default=Release.AT_ONCE)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(
        pgettext_lazy("exam", "closes"),
        null=True,
        blank=True,
        help_text=_("What is not handed in by then is handed in by itself."),
    )
    state = models.CharField(
        pgettext_lazy("exam", "state"), max_length=12, choices=State, default=State.DRAFT, editable=False
    )

    class Meta:
        verbose_name = _("exam")
        verbose_name_plural = _("exams")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lesson=None, minutes__gte=1) | Q(lesson__isnull=False, minutes=None),
                name="exam_has_a_clock_quiz_has_none",
            ),
            models.CheckConstraint(
                condition=Q(pass_percent__gte=1, pass_percent__lte=100), name="exam_pass_percent"
            ),
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(opens_at__lt=models.F("closes_at")),
                name="exam_opens_before_it_closes",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_quiz(self) -> bool:
        """Tell whether it belongs to a lesson: no clock, and what is right is told at once."""
        return self.lesson_id is not None

    @property
    def asks(self) -> Question.AskedIn:
        """Which questions of the bank it may ask: a quiz tells what is right, so no exam asks the same."""
        return Question.AskedIn.QUIZ if self.is_quiz else Question.AskedIn.EXAM

    def is_open(self, *, at: datetime) -> bool:
        """Tell whether an attempt can begin at that time."""
        if self.state != self.State.OPEN or (self.opens_at and at < self.opens_at):
            return False
        return self.closes_at is None or at < self.closes_at

    def clean(self) -> None:
        """Refuse an exam without a clock and a quiz with one.

        Raises:
            ValidationError: on the field it is about.
        """
        super().clean()
        if self.lesson_id is None and not self.minutes:
            raise ValidationError({"minutes": _("An exam has a clock. Say how many minutes.")})
        if self.lesson_id is not None:
            self.minutes = None
        if self.opens_at and self.closes_at and self.opens_at >= self.closes_at:
            raise ValidationError({"closes_at": _("It would close before it opens.")})


class FixedQuestion(models.Model):
    """A question everybody gets."""

    exam = ParentalKey(Exam, on_delete=models.CASCADE, related_name="fixed")
    question = models.ForeignKey(
        Question, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("exam", "question")
    )
    points = models.PositiveSmallIntegerField(_("points"), default=5, validators=[MinValueValidator(1)])
    sort_order = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)

    sort_order_field = "sort_order"

    class Meta:
        verbose_name = _("fixed question")
        verbose_name_plural = _("fixed questions")
        ordering = ["sort_order", "pk"]
        constraints = [models.UniqueConstraint(fields=["exam", "question"], name="exam_asks_once")]

    def __str__(self) -> str:
        return str(self.question)


class DrawingRule(models.Model):
    """So many questions of a sort, drawn anew for every attempt."""

    exam = ParentalKey(Exam, on_delete=models.CASCADE, related_name="rules")
    how_many = models.PositiveSmallIntegerField(
        pgettext_lazy("exam", "how many"), default=5, validators=[MinValueValidator(1)]
    )
    kind = models.CharField(
        pgettext_lazy("question", "kind"), max_length=12, choices=Question.Kind, blank=True
    )
    easiest = models.PositiveSmallIntegerField(_("from difficulty"), default=EASIEST, validators=_DIFFICULTY)
    hardest = models.PositiveSmallIntegerField(_("to difficulty"), default=HARDEST, validators=_DIFFICULTY)
    topic = models.CharField(_("topic"), max_length=40, blank=True)
    points = models.PositiveSmallIntegerField(_("points each"), default=5, validators=[MinValueValidator(1)])
    sort_order = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)

    sort_order_field = "sort_order"

    class Meta:
        verbose_name = _("questions to draw")
        verbose_name_plural = _("questions to draw")
        ordering = ["sort_order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(easiest__lte=models.F("hardest")), name="drawing_from_easy_to_hard"
            ),
        ]

    def __str__(self) -> str:
        kind = self.get_kind_display() if self.kind else _("any kind")
        return f"{kind} × {self.how_many}"

    def clean(self) -> None:
        """Refuse a span that has nothing in it.

        Raises:
            ValidationError: on the harder end.
        """
        super().clean()
        if self.easiest and self.hardest and self.easiest > self.hardest:
            raise ValidationError({"hardest": _("The harder end cannot be easier than the other.")})
