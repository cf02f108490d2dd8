"""Handling a letter: taken in hand, answered; an answer can be put right, and the trail keeps each."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from openness.letters.models import Letter, LetterState
from openness.letters.telling import tell_writer


class LetterMoved(ValueError):
    """Somebody else handled it a moment before; the text says so."""


class NoAnswer(ValueError):
    """A letter is answered in words, or not at all."""


def take_in_hand(*, letter: Letter, note: str, by: User, at: datetime) -> None:
    """Say that somebody looks into it; the writer sees that under the receipt.

    Raises:
        LetterMoved: it is no longer new.
    """
    with transaction.atomic():
        # compare-and-set: of two officers at once the second is told
        new = Letter.objects.filter(pk=letter.pk, state=LetterState.RECEIVED)
        if not new.update(state=LetterState.IN_HAND):
            raise LetterMoved(_("Somebody has taken this letter in hand already."))
        record_act(letter, "in_hand", by=by, at=at, note=note.strip())


def answer_letter(*, letter: Letter, answer: str, note: str, by: User, at: datetime) -> None:
    """Answer `letter`, which is as the officer saw it; answering again puts the answer right.

    Raises:
        NoAnswer: nothing was answered.
        LetterMoved: another officer has answered it meanwhile.
    """
    if not answer.strip():
        raise NoAnswer(_("Write an answer: whoever wrote the letter reads it."))
    verb = "answer_corrected" if letter.answer else "answered"
    with transaction.atomic():
        seen = Letter.objects.filter(pk=letter.pk, state=letter.state, answer=letter.answer)
        if not seen.update(
            state=LetterState.ANSWERED, answer=answer.strip(), answered_at=letter.answered_at or at
        ):
            raise LetterMoved(
                _("Another officer has answered this letter meanwhile. Read their answer first.")
            )
        record_act(letter, verb, by=by, at=at, note=note.strip(), detail={"answer": answer.strip()})
        transaction.on_commit(partial(tell_writer, letter, at=at))
