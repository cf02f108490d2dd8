"""Questions from a spreadsheet: all of them, or none and what is wrong in which line."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lib.sheets import NotASheet, rows_of
from training.courses.course import CoursePage
from training.exams.keeping import Choice, problems, stays_where
from training.exams.questions import Option, Question
from training.exams.sheet import LETTERS, SEVERAL, columns, sides

_SHOWN = 20  # wrong lines that are told
_NEEDED = ("kind", "text", "answer")
_LONGEST = {"text": 500, "answer": 500, "explanation": 500, "topic": 40}
_YES, _NO = {"√", "对", "正确", "right", "true", "yes"}, {"×", "x", "错", "错误", "wrong", "false", "no"}


@dataclass
class Imported:
    """What a sheet did."""

    added: int = 0
    changed: int = 0
    wrong: list[str] = field(default_factory=list)


class NotImported(ValueError):
    """Nothing was taken over; `wrong` says why, a sentence a line."""

    def __init__(self, wrong: list[str]) -> None:
        super().__init__(" ".join(wrong))
        self.wrong = wrong


class _WrongLine(ValueError):
    """This line cannot be read."""


def import_questions(*, content: bytes, course: CoursePage | None) -> Imported:
    """Add the questions of a sheet to the bank of a course; a line with a number changes that question.

    Raises:
        NotImported: it is no sheet of questions, or a line cannot be read.
    """
    try:
        head, *lines = list(rows_of(content)) or [[]]
    except NotASheet as error:
        raise NotImported([str(error.reason)]) from error
    places = {name: head.index(title) for name, title in columns().items() if title in head}
    if lacking := [columns()[name] for name in _NEEDED if name not in places]:
        raise NotImported([_("The first line lacks: %(names)s.") % {"names": "、".join(lacking)}])
    done, known = Imported(), _known(course)
    with transaction.atomic():
        for number, cells in enumerate(lines, 2):
            facts = {name: cells[at].replace("\0", "") for name, at in places.items() if at < len(cells)}
            if any(facts.values()):
                _take(facts, course, known, done, number)
        if done.wrong:
            transaction.set_rollback(True)
    if done.wrong:
        raise NotImported(done.wrong[:_SHOWN])
    return done


def _known(course: CoursePage | None) -> dict[str, int]:
    return dict(Question.objects.filter(course=course).values_list("text", "pk"))


def _take(
    facts: dict[str, str], course: CoursePage | None, known: dict[str, int], done: Imported, number: int
) -> None:
    try:
        question, options = _read(facts, course)
        if known.get(question.text, question.pk) != question.pk:
            raise _WrongLine(_("This question is in the bank already."))
        is_new = question.pk is None
        _save(question, options)
    except _WrongLine as error:
        done.wrong.append(_("Line %(number)d: %(why)s") % {"number": number, "why": error})
        return
    known[question.text] = question.pk
    done.added += is_new
    done.changed += not is_new


def _read(facts: dict[str, str], course: CoursePage | None) -> tuple[Question, list[Choice]]:
    question = _numbered(facts.get("number", ""), course)
    question.kind = _kind(facts.get("kind", ""))
    question.difficulty = _difficulty(facts.get("difficulty", ""))
    asked_in = _asked_in(facts.get("asked_in", ""), question.asked_in)
    for name, longest in _LONGEST.items():
        if len(facts.get(name, "")) > longest:
            words = _("“%(name)s” has more than %(most)d characters.")
            raise _WrongLine(words % {"name": columns()[name], "most": longest})
    question.topic, question.text = facts.get("topic", ""), facts.get("text", "")
    question.explanation = facts.get("explanation", "")
    options = _answered(question, facts)
    found = problems(
        kind=question.kind, options=options, holds=question.holds, answer=question.answer, asked_in=asked_in
    )
    if found := found or stays_where(question=question, asked_in=asked_in):
        raise _WrongLine(" ".join(found))
    question.asked_in = asked_in
    try:
        question.full_clean(exclude=["course", "picture"])
    except ValidationError as error:
        raise _WrongLine(" ".join(error.messages)) from error
    return question, options


def _numbered(number: str, course: CoursePage | None) -> Question:
    if not number:
        return Question(course=course)
    pk = int(number) if number.isdecimal() and len(number) < 15 else 0
    found = Question.objects.filter(pk=pk, course=course).first()
    if found is None:
        words = _("The bank of this course has no question %(number)s. Leave the number empty to add it.")
        raise _WrongLine(words % {"number": number})
    found.edition += 1
    return found


def _kind(word: str) -> str:
    kinds = {str(label): kind for kind, label in Question.Kind.choices}
    kind = kinds.get(word, word)
    if kind not in Question.Kind.values:
        raise _WrongLine(_("The kind is one of: %(kinds)s.") % {"kinds": "、".join(kinds)})
    return kind


def _asked_in(word: str, now: str) -> str:
    papers = {str(label): papers for papers, label in Question.AskedIn.choices}
    asked_in = papers.get(word, word) or now
    if asked_in not in Question.AskedIn.values:
        raise _WrongLine(_("It is asked in one of: %(papers)s.") % {"papers": "、".join(papers)})
    return asked_in


def _difficulty(word: str) -> int:
    if not word:
        return 2
    if word not in {"1", "2", "3", "4", "5"}:
        raise _WrongLine(_("The difficulty is a number from 1 to 5."))
    return int(word)


def _answered(question: Question, facts: dict[str, str]) -> list[Choice]:
    """Set what is right and return the options."""
    answer = facts.get("answer", "")
    question.holds, question.answer = None, ""
    if question.kind in Question.CHOSEN:
        return _options(answer, facts)
    if question.kind == Question.Kind.TRUE_FALSE:
        word = answer.casefold()
        if word not in _YES | _NO and answer not in sides():
            raise _WrongLine(_("Say whether the statement is right."))
        question.holds = sides().get(answer, word in _YES)
    elif question.kind == Question.Kind.FILL_IN:
        ways = (way.strip() for way in answer.replace("｜", SEVERAL).split(SEVERAL))
        question.answer = "\n".join(way for way in ways if way)
    else:
        question.answer = answer
    return []


def _options(answer: str, facts: dict[str, str]) -> list[Choice]:
    letters = {letter for letter in answer.upper() if letter in LETTERS}
    texts = [(letter, facts.get(letter, "")) for letter in LETTERS]
    if missing := sorted(letters - {letter for letter, text in texts if text}):
        raise _WrongLine(_("The answer names option %(letter)s, which is empty.") % {"letter": missing[0]})
    if any(len(text) > 120 for _letter, text in texts):
        raise _WrongLine(_("An option has more than 120 characters."))
    return [(text, letter in letters) for letter, text in texts if text]


def _save(question: Question, options: list[Choice]) -> None:
    question.save()
    Option.objects.filter(question=question).delete()
    Option.objects.bulk_create(
        Option(question=question, text=text, is_right=is_right, sort_order=place)
        for place, (text, is_right) in enumerate(options)
    )
