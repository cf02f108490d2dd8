"""Asking about an article, and answering: a question is shown from its first answer on."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from lib.guessing import Guesses
from shop.catalogue.models import Product
from shop.partner.models import Partner
from shop.questions.models import LONGEST, Answer, Question
from shop.reviewing.voices import renew

SHORTEST: Final = 4  # characters
ASKED: Final = Guesses("shop.questions", allowed=6, window=3600)  # of one visitor in an hour
SAME: Final = timedelta(days=7)


class NotAsked(ValueError):
    """The question was not kept; the text says why in plain words."""


class NotAnswered(ValueError):
    """Nothing was changed; the text says why in plain words."""


def ask(*, article: Product, text: str, user: User | None, address: str, at: datetime) -> Question:
    """Keep a question for seller and hall. `address` is the visitor's, for counting only.

    Raises:
        NotAsked: it says nothing, was asked a moment ago, or this visitor asks too much.
    """
    words, mark = " ".join(text.split()), ASKED.mark(address, at=at)
    if not SHORTEST <= len(words) <= LONGEST:
        raise NotAsked(_("Ask in 4 to 300 characters."))
    if ASKED.used_up(mark):
        raise NotAsked(_("You asked a lot in this hour. Come back a little later."))
    same = Question.objects.filter(article=article, text=words, asked_at__gt=at - SAME)
    if found := same.exclude(state=Question.State.REFUSED).first():
        return found  # sent twice, or somebody else wants to know just that
    ASKED.note(mark)
    return Question.objects.create(article=article, text=words, asked_by=user, name=_name(user), asked_at=at)


def answer(
    *, question: Question, text: str, partner: Partner | None, at: datetime, by: User | None
) -> Answer:
    """Answer for the seller, or for the hall where `partner` is None; the question is shown with it.

    Raises:
        NotAnswered: it says nothing, or the question was refused.
    """
    if not text.strip():
        raise NotAnswered(_("The answer is empty."))
    with transaction.atomic():
        open_ = Question.objects.filter(pk=question.pk).exclude(state=Question.State.REFUSED)
        if not open_.update(state=Question.State.ANSWERED):
            raise NotAnswered(_("This question is not shown, so nobody would read the answer."))
        question.state = Question.State.ANSWERED
        given = Answer.objects.create(question=question, partner=partner, text=text.strip(), at=at)
        record_act(question, "answered", by=by, at=at, note=given.text)
        renew(question.article)
    return given


def refuse(*, question: Question, reason: str, at: datetime, by: User | None) -> None:
    """Do not show the question, or no longer.

    Raises:
        NotAnswered: no reason is given, or it is refused already.
    """
    if not reason.strip():
        raise NotAnswered(_("Say why it is not shown."))
    with transaction.atomic():
        shown = Question.objects.filter(pk=question.pk).exclude(state=Question.State.REFUSED)
        if not shown.update(state=Question.State.REFUSED, refusal=reason.strip()):
            raise NotAnswered(_("Somebody decided about this question a moment ago."))
        question.state, question.refusal = Question.State.REFUSED, reason.strip()
        record_act(question, "refused", by=by, at=at, note=reason.strip())
        renew(question.article)


def _name(user: User | None) -> str:
    """Return how who asks is called in public."""
    name = (user.last_name or user.first_name).strip() if user is not None else ""
    return f"{name[0]}**" if name else ""
