"""What a trainee sends: the whole paper as a form, one answer as JSON, the words of an appeal."""

from collections.abc import Iterable

import msgspec
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from training.exams.answering import Given
from training.exams.attempts import AttemptItem


class _Answer(msgspec.Struct):
    place: int
    answer: list[str]
    revision: int


class _Answers(msgspec.Struct):
    answers: list[_Answer]


class Unreadable(ValueError):
    """The body is not what our page sends."""


def answers_in(body: bytes) -> list[Given]:
    """Return the answers in a body of JSON.

    Raises:
        Unreadable: it is something else.
    """
    try:
        sent = msgspec.json.decode(body, type=_Answers)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Unreadable from error
    return [Given(each.place, each.answer, each.revision) for each in sent.answers]


def answers_of(data: QueryDict, items: Iterable[AttemptItem]) -> list[Given]:
    """Return what changed in a form: `a-<place>`; `r-<place>` is the revision the page was made with."""
    given = [(item, [text for text in data.getlist(f"a-{item.place}") if text]) for item in items]
    return [
        Given(item.place, answer, _revision(data, item))
        for item, answer in given
        if f"r-{item.place}" in data and answer != item.answer
    ]


def _revision(data: QueryDict, item: AttemptItem) -> int:
    """Return the next revision: the page was made with the one before."""
    seen = data.get(f"r-{item.place}", "")
    return int(seen) + 1 if seen.isdecimal() and len(seen) < 10 else 0


class AppealForm(forms.Form):
    """What should be looked at again."""

    words = forms.CharField(
        label=_("What should be looked at again, and why"),
        max_length=500,
        widget=forms.Textarea({"rows": 4}),
    )
