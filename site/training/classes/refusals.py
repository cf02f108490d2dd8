"""Why something of a class is not done, in plain words; nothing was changed then."""

from django.utils.translation import gettext as _

from brand.activities.refusals import SignUpRefused
from lib import dates
from training.classes.bookings import Booking


class ClassRefused(SignUpRefused):
    """Not possible; the text says why."""


class BookingRefused(ClassRefused):
    """The room or the equipment cannot be had then."""


class Taken(BookingRefused):
    """Somebody has it at that time; `other` is that booking."""

    def __init__(self, thing: str, other: Booking) -> None:
        facts = {
            "thing": thing,
            "from": dates.moment(other.starts_at),
            "until": dates.moment(other.ends_at),
            "purpose": other.purpose,
            "who": other.who,
        }
        super().__init__(_("%(thing)s is taken from %(from)s to %(until)s: %(purpose)s, %(who)s.") % facts)
        self.other = other


class CodeUnknown(ClassRefused):
    """No screen of this meeting ever showed that code."""

    def __init__(self) -> None:
        super().__init__(_("This is no code of this class. Scan the one on the screen at the door."))


class NotThere(ClassRefused):
    """Only who came may do that."""

    def __init__(self) -> None:
        super().__init__(_("This is for those who came to the class."))
