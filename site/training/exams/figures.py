"""What the answers say about the questions of an exam: how hard they are, whether they tell people apart.

Classical test theory: difficulty is the mean share of the points earned (p value), discrimination the
correlation between a question's points and those of the rest of the paper (corrected point-biserial; Ebel
and Frisbie, Essentials of Educational Measurement, take 0.2 as usable and a negative one as a wrong key).
Only first attempts count: whoever comes back has seen the questions.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import StatisticsError, correlation, fmean
from typing import Any, Final

from django.db.models import Avg, Count, Q
from django.utils.translation import gettext as _

from training.exams.attempts import Attempt, AttemptItem
from training.exams.papers import Exam

ENOUGH_ANSWERS: Final = 10
"""Below so many answers nothing is said about a question."""
MOST_ATTEMPTS: Final = 2000
_FACTS = ("attempt", "attempt__score", "question", "edition", "kind", "text", "points", "earned")


@dataclass(frozen=True, slots=True)
class Chosen:
    """One option: how many took it."""

    text: str
    is_right: bool
    count: int
    percent: int


@dataclass(frozen=True, slots=True)
class QuestionFigures:
    """One question in one edition. `discrimination` is -1 to 1, None where too few answered."""

    question: int
    text: str
    count: int
    percent: int
    discrimination: float | None
    chosen: list[Chosen]
    advice: str


@dataclass(frozen=True, slots=True)
class ExamFigures:
    """How an exam went: attempts, people who passed, mean score in percent."""

    people: int
    attempts: int
    passed: int
    mean: int | None
    open: int
    to_mark: int
    untold: int

    @property
    def pass_percent(self) -> int | None:
        """Of the people with a result, how many passed."""
        return 100 * self.passed // self.people if self.people else None


def exam_figures(exam: Exam) -> ExamFigures:
    """Return the figures of an exam. 1 query."""
    done = Q(state=Attempt.State.DONE)
    found: dict[str, Any] = exam.attempts.aggregate(
        people=Count("trainee", filter=done, distinct=True),
        attempts=Count("pk", filter=done),
        passed=Count("trainee", filter=done & Q(passed=True), distinct=True),
        mean=Avg("score", filter=done),
        most=Avg("most", filter=done),
        open=Count("pk", filter=Q(state=Attempt.State.OPEN)),
        to_mark=Count("pk", filter=Q(state__in=[Attempt.State.HANDED_IN, Attempt.State.SECOND])),
        untold=Count("pk", filter=done & Q(released_at=None)),
    )
    mean, most = found.pop("mean"), found.pop("most")
    return ExamFigures(**found, mean=round(100 * mean / most) if most else None)


def question_figures(exam: Exam, *, since: datetime | None = None) -> list[QuestionFigures]:
    """Return the figures of every question that was asked, the weakest first. 2 queries."""
    first = exam.attempts.filter(state=Attempt.State.DONE, number=1)
    latest = (first.filter(started_at__gte=since) if since else first).order_by("-pk")
    keys = list(latest.values_list("pk", flat=True)[:MOST_ATTEMPTS])
    items = AttemptItem.objects.filter(attempt__in=keys).order_by()
    answers: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    for row in items.values(*_FACTS, "answer", "options", "right"):
        answers[row["question"], row["edition"]].append(row)
    figures = [_of_question(rows) for rows in answers.values()]
    return sorted(figures, key=lambda each: (each.discrimination is None, each.discrimination or 0))


def _of_question(rows: Sequence[dict[str, Any]]) -> QuestionFigures:
    shares = [float(row["earned"]) / row["points"] for row in rows]
    rest = [float(row["attempt__score"] - row["earned"]) for row in rows]
    percent, tells = round(100 * fmean(shares)), _discrimination(shares, rest)
    return QuestionFigures(
        question=rows[0]["question"],
        text=rows[0]["text"],
        count=len(rows),
        percent=percent,
        discrimination=tells,
        chosen=_chosen(rows),
        advice=_advice(len(rows), percent, tells),
    )


def _discrimination(shares: list[float], rest: list[float]) -> float | None:
    if len(shares) < ENOUGH_ANSWERS:
        return None
    try:
        return round(correlation(shares, rest), 2)
    except StatisticsError:  # everybody has the same
        return None


def _chosen(rows: Sequence[dict[str, Any]]) -> list[Chosen]:
    """Return how often each option was taken, by its words: its key is another one in every paper."""
    counts: Counter[str] = Counter()
    right: dict[str, bool] = {}
    for row in rows:
        for key, text in row["options"]:
            right[text] = key in row["right"]
            counts[text] += key in row["answer"]
    taken = [Chosen(text, right[text], counts[text], round(100 * counts[text] / len(rows))) for text in right]
    return sorted(taken, key=lambda each: (not each.is_right, -each.count))


def _advice(count: int, percent: int, tells: float | None) -> str:
    if count < ENOUGH_ANSWERS:
        return _("Too few answers to say.")
    if tells is not None and tells < 0:
        return _("Those who know more get it wrong: look at the key.")
    if percent > 95:
        return _("Nearly everybody knows it.")
    if percent < 20:
        return _("Hardly anybody knows it: too hard, or not taught.")
    if tells is not None and tells < 0.2:
        return _("Says little about who knows the rest.")
    return _("Good.")
