"""Why an exam cannot be begun, answered, handed in, marked or opened, in plain words."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lib import dates


class ExamRefused(ValueError):
    """Not possible, and nothing was changed; the text says why."""


class NotInCourse(ExamRefused):
    """Only who learns in a course sits its exam."""

    def __init__(self) -> None:
        super().__init__(_("Enrol in the course first; then you can sit its exam."))


class NotOpen(ExamRefused):
    """A draft, closed, not yet or no longer."""

    def __init__(self, opens_at: datetime | None = None) -> None:
        if opens_at is None:
            super().__init__(_("This exam is not open."))
        else:
            super().__init__(_("This exam opens on %(when)s.") % {"when": dates.moment(opens_at)})


class LessonsFirst(ExamRefused):
    """The lessons were not watched enough."""

    def __init__(self) -> None:
        super().__init__(_("Finish the lessons first; then the exam opens for you."))


class NoAttemptLeft(ExamRefused):
    """All attempts are used."""

    def __init__(self, most: int) -> None:
        words = ngettext(
            "There was %(most)d attempt, and you have used it.",
            "There were %(most)d attempts, and you have used them.",
            most,
        )
        super().__init__(words % {"most": most})


class WaitFirst(ExamRefused):
    """The last attempt is too short ago."""

    def __init__(self, until: datetime) -> None:
        super().__init__(_("You can try again from %(when)s.") % {"when": dates.moment(until)})
        self.until = until


class PassedAlready(ExamRefused):
    """There is nothing more to win."""

    def __init__(self) -> None:
        super().__init__(_("You have passed; there is no need to try again."))


class ResultPending(ExamRefused):
    """The last attempt is not marked yet."""

    def __init__(self) -> None:
        super().__init__(_("Your last attempt is not marked yet. Wait for its result."))


class TooFewQuestions(ExamRefused):
    """The bank has not what the paper wants; `reasons` say what, for those who set it."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class HandedInAlready(ExamRefused):
    """The attempt is closed."""

    def __init__(self) -> None:
        super().__init__(_("This paper is handed in; nothing can be changed any more."))


class TimeIsUp(ExamRefused):
    """The answer came after the deadline; what was saved before counts."""

    def __init__(self, deadline: datetime) -> None:
        words = _("Time was up at %(when)s. What was saved by then counts and is handed in.")
        super().__init__(words % {"when": dates.moment(deadline)})


class NotAnAnswer(ExamRefused):
    """What was sent answers no question of the paper."""

    def __init__(self) -> None:
        super().__init__(_("That is no answer to this question."))


class MarkingRefused(ExamRefused):
    """The marks cannot be given."""
