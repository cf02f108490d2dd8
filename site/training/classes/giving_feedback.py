"""Feedback of those who came: once each, and kept so that nobody can tell who said what."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Avg, Count
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from brand.models import SignUp
from training.classes.feedback import Feedback
from training.classes.refusals import ClassRefused, NotThere
from training.classes.training_class import TrainingClass

WORDS_FROM = 3  # answers, before words are shown: of one or two everybody knows whose they are
_SALT = "training.classes.feedback"


class GivenAlready(ClassRefused):
    """The person has answered."""

    def __init__(self) -> None:
        super().__init__(_("You have answered already. Thank you."))


@dataclass(frozen=True, slots=True)
class Echo:
    """What the answers come to; averages are None without an answer."""

    answers: int
    content: float | None
    teaching: float | None
    setting: float | None
    words: list[str]


def may_answer(sign_up: SignUp) -> bool:
    """Tell whether somebody came and has not answered yet. 2 queries."""
    return _came(sign_up) and not Feedback.objects.filter(mark=_mark(sign_up)).exists()


def give_feedback(
    *,
    training_class: TrainingClass,
    sign_up: SignUp,
    content: int,
    teaching: int,
    setting: int,
    words: str,
    at: datetime,
) -> Feedback:
    """Take an answer.

    Raises:
        NotThere: the person did not come.
        GivenAlready: they answered before.
    """
    if sign_up.activity_id != training_class.activity_id or not _came(sign_up):
        raise NotThere
    try:
        with transaction.atomic():
            return Feedback.objects.create(
                training_class=training_class,
                content=content,
                teaching=teaching,
                setting=setting,
                words=words.strip(),
                mark=_mark(sign_up),
                given_on=timezone.localdate(at),
            )
    except IntegrityError:  # sent twice, or from two phones
        raise GivenAlready from None


def echo_of(training_class: TrainingClass) -> Echo:
    """Return what the answers come to. 2 queries."""
    answers = training_class.feedback
    sums = answers.aggregate(
        answers=Count("pk"), content=Avg("content"), teaching=Avg("teaching"), setting=Avg("setting")
    )
    shown = sums["answers"] >= WORDS_FROM
    # by their marks, which say nothing: the order of arrival would tell who it was
    words = answers.exclude(words="").order_by("mark").values_list("words", flat=True) if shown else ()
    return Echo(**sums, words=list(words))


def _came(sign_up: SignUp) -> bool:
    return sign_up.check_ins.exclude(standing="struck").exists()


def _mark(sign_up: SignUp) -> str:
    return salted_hmac(_SALT, sign_up.token, algorithm="sha256").hexdigest()
