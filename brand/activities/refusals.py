"""Why somebody does not get what they ask for at an activity, in plain words."""

from django.utils.translation import gettext as _

from brand.activities.sign_ups import SignUp


class SignUpRefused(ValueError):
    """Not possible, and nothing was changed; the text says why."""


class SignUpClosed(SignUpRefused):
    """The activity takes nobody any more, or never did."""

    def __init__(self) -> None:
        super().__init__(_("Sign-up for this activity is over."))


class MembersOnly(SignUpRefused):
    """The activity is for members, and the person acts for none."""

    def __init__(self) -> None:
        super().__init__(_("This one is for members of the association."))


class AlreadySignedUp(SignUpRefused):
    """The person, or the number, is on the list; `sign_up` is that place."""

    def __init__(self, sign_up: SignUp) -> None:
        super().__init__(_("You are on the list already."))
        self.sign_up = sign_up


class NothingToCancel(SignUpRefused):
    """The sign-up ended before, or the person has been there."""

    def __init__(self) -> None:
        super().__init__(_("There is nothing to cancel: this sign-up has ended."))


class OfferOver(SignUpRefused):
    """The place was not kept any longer, or nobody offered one."""

    def __init__(self) -> None:
        super().__init__(_("The time to answer is over; the place went to the next one."))


class CheckInRefused(SignUpRefused):
    """Not now, or not this person."""


class AlreadyCalledOff(SignUpRefused):
    """The activity was called off before."""

    def __init__(self) -> None:
        super().__init__(_("This activity is called off already."))
