"""Why somebody cannot enrol or leave, in plain words."""

from django.utils.translation import gettext as _


class EnrolmentRefused(ValueError):
    """Not possible, and nothing was changed; the text says why."""


class EnrolmentClosed(EnrolmentRefused):
    """The course is not open, or not public any more."""

    def __init__(self) -> None:
        super().__init__(_("This course takes nobody in at the moment."))


class SomethingFirst(EnrolmentRefused):
    """Other courses come before this one; `courses` are those still to do."""

    def __init__(self, courses: list) -> None:
        named = _("” and “").join(course.title for course in courses)
        super().__init__(_("First comes “%(courses)s”: this course builds on it.") % {"courses": named})
        self.courses = courses


class NotEnrolled(EnrolmentRefused):
    """There is no place to give up."""

    def __init__(self) -> None:
        super().__init__(_("You are not in this course."))


class AlreadyCompleted(EnrolmentRefused):
    """What is completed stays: the certificate rests on it."""

    def __init__(self) -> None:
        super().__init__(_("You have completed this course; there is nothing to leave."))
