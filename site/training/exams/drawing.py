"""Drawing a paper: the questions of one attempt, in an order of its own, copied as they are asked."""

from collections.abc import Iterable
from random import Random

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from training.exams.attempts import AttemptItem
from training.exams.papers import DrawingRule, Exam
from training.exams.questions import Option, Question
from training.exams.refusals import TooFewQuestions

_KEYS = "abcdefgh"
_ORDER = list(Question.Kind.values)

Drawn = tuple[Question, int]
"""A question with its points."""


def draw(*, exam: Exam, chance: Random) -> list[AttemptItem]:
    """Return the unsaved questions of a new attempt: by kind, shuffled within, options shuffled too.

    As many queries as the paper has rules, and two.

    Raises:
        TooFewQuestions: the bank has not what the rules want.
    """
    lines = exam.fixed.filter(question__in_use=True, question__asked_in=exam.asks).select_related("question")
    fixed: list[Drawn] = [(line.question, line.points) for line in lines]
    questions = [*fixed, *_by_rules(exam, {question.pk for question, _points in fixed}, chance)]
    if not questions:
        raise TooFewQuestions([_("The paper has no questions yet.")])
    if exam.is_quiz and any(question.kind in Question.BY_HAND for question, _points in questions):
        raise TooFewQuestions([_("A quiz is marked at once: it cannot ask for short answers.")])
    chance.shuffle(questions)
    questions.sort(key=lambda drawn: _ORDER.index(drawn[0].kind))
    options = _options([question.pk for question, _points in questions])
    return [
        _item(place, question, points, options.get(question.pk, []), chance)
        for place, (question, points) in enumerate(questions, 1)
    ]


def candidates(exam: Exam, rule: DrawingRule) -> QuerySet[Question]:
    """Return what a rule may draw from: exams and quizzes never from the same questions."""
    found = Question.objects.of_course(exam.course_id).filter(asked_in=exam.asks)
    found = found.filter(difficulty__gte=rule.easiest, difficulty__lte=rule.hardest)
    if rule.kind:
        found = found.filter(kind=rule.kind)
    elif exam.is_quiz:
        found = found.exclude(kind__in=Question.BY_HAND)
    return found.filter(topic=rule.topic) if rule.topic else found


def _by_rules(exam: Exam, taken: set[int], chance: Random) -> list[Drawn]:
    """Draw by every rule; those with the least to choose from first, so that others leave them enough."""
    pools = [(rule, list(candidates(exam, rule))) for rule in exam.rules.all()]
    drawn: list[Drawn] = []
    short = []
    for rule, pool in sorted(pools, key=lambda each: len(each[1])):
        free = [question for question in pool if question.pk not in taken]
        if len(free) < rule.how_many:
            words = _("“%(rule)s”: the bank has only %(count)d that are not asked already.")
            short.append(words % {"rule": rule, "count": len(free)})
            continue
        picked = chance.sample(free, rule.how_many)
        taken |= {question.pk for question in picked}
        drawn += [(question, rule.points) for question in picked]
    if short:
        raise TooFewQuestions(short)
    return drawn


def _options(questions: Iterable[int]) -> dict[int, list[tuple[str, bool]]]:
    found: dict[int, list[tuple[str, bool]]] = {}
    rows = Option.objects.filter(question__in=list(questions))
    for row in rows:
        found.setdefault(row.question_id, []).append((row.text, row.is_right))
    return found


def _item(
    place: int, question: Question, points: int, options: list[tuple[str, bool]], chance: Random
) -> AttemptItem:
    shown, right = _asked(question, options, chance)
    return AttemptItem(
        place=place,
        question=question,
        edition=question.edition,
        kind=question.kind,
        text=question.text,
        picture_id=question.picture_id,
        options=shown,
        right=right,
        explanation=question.explanation,
        points=points,
    )


def _asked(
    question: Question, options: list[tuple[str, bool]], chance: Random
) -> tuple[list[list[str]], list[str]]:
    """Return the options as shown and what is right, by keys given after shuffling: they tell nothing."""
    if question.kind in Question.CHOSEN:
        shuffled = chance.sample(options, len(options))
        keyed = list(zip(_KEYS, shuffled, strict=False))
        return [[key, text] for key, (text, _is_right) in keyed], [key for key, (_t, right) in keyed if right]
    if question.kind == Question.Kind.TRUE_FALSE:
        return [], ["yes" if question.holds else "no"]
    return [], [line.strip() for line in question.answer.splitlines() if line.strip()]
