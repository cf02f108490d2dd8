"""Why something does not happen in the talent pool, in plain words. Nothing was changed then."""

from datetime import date

from django.utils.translation import gettext as _

from lib import dates


class TalentRefused(ValueError):
    """Not possible; the text says why."""


class NothingShownYet(TalentRefused):
    """The pool is for those who finished something here."""

    def __init__(self) -> None:
        super().__init__(_("The pool is for those who finished a course or came to a class. Do that first."))


class NotAgreed(TalentRefused):
    """Nobody stands in the pool without their own consent."""

    def __init__(self) -> None:
        super().__init__(_("Without your consent nothing is shown to anybody. Tick it, or leave it be."))


class WordsChanged(TalentRefused):
    """What was read is not what would be kept as agreed to."""

    def __init__(self) -> None:
        super().__init__(_("What you agree to has changed meanwhile. Read it again, then agree to it."))


class InThePoolAlready(TalentRefused):
    """There is a profile."""

    def __init__(self) -> None:
        super().__init__(_("You are in the talent pool already."))


class NotInThePool(TalentRefused):
    """There is no profile, or not any more."""

    def __init__(self) -> None:
        super().__init__(_("You are not in the talent pool."))


class LeftThePool(TalentRefused):
    """Who was asked for has gone meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("This person has left the talent pool. Nothing was sent."))


class NumberInWords(TalentRefused):
    """Numbers are given by accepting a request, not in a text everybody reads."""

    def __init__(self) -> None:
        super().__init__(
            _("There is a telephone number in the text. Take it out: it is shown when a request is accepted.")
        )


class NotInGoodStanding(TalentRefused):
    """The member may not look for people at the moment; the text is the reason."""


class MemberKeptOut(TalentRefused):
    """The member of a request or a post may not look for people; why is theirs to read, not the trainee's."""

    def __init__(self) -> None:
        super().__init__(_("This member may not look for people at the moment. They were shown nothing."))


class AskedAlready(TalentRefused):
    """The member's question waits, or was accepted."""

    def __init__(self) -> None:
        super().__init__(_("You have asked this person already. The answer comes here."))


class DeclinedLately(TalentRefused):
    """Who said no is left alone for a while."""

    def __init__(self, again_on: date) -> None:
        super().__init__(
            _("This person declined. You may ask again from %(day)s.") % {"day": dates.day(again_on)}
        )


class EnoughForToday(TalentRefused):
    """The member's limit of the day is reached."""


class AnsweredAlready(TalentRefused):
    """The request or application does not wait any more."""

    def __init__(self) -> None:
        super().__init__(_("This has been answered or closed already."))


class JobOver(TalentRefused):
    """The post takes nobody any more."""

    def __init__(self) -> None:
        super().__init__(_("This post is closed or its day has passed."))


class DayHasPassed(TalentRefused):
    """A post needs a last day that is still to come, and not too far away."""

    def __init__(self) -> None:
        super().__init__(_("The last day must lie between today and half a year from now."))


class OtherCounty(TalentRefused):
    """Members read the profiles of their own county only; so does whoever is applied to."""

    def __init__(self) -> None:
        super().__init__(_("This post is of another county; your profile is shown in your own only."))


class AppliedAlready(TalentRefused):
    """One application for a post is enough."""

    def __init__(self) -> None:
        super().__init__(_("You have applied for this already."))


class JobRefused(TalentRefused):
    """Not with a post in this state."""

    def __init__(self) -> None:
        super().__init__(_("The post is not in a state where that can be done. Look at it again."))
