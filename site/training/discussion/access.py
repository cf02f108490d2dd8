"""Who reads the discussion of a course: who learns there or has completed it, and who looks after courses."""

from accounts.models import User
from training.learning.desk import enrolment_of
from training.learning.enrolments import Enrolment


def part_of(user: User, course_pk: int) -> Enrolment | None:
    """Return the enrolment under which somebody takes part; who waits for a place does not yet. One query."""
    mine = enrolment_of(user, course_pk)
    return mine if mine and mine.state in Enrolment.HOLDING else None


def reads_all(user: User) -> bool:
    """Tell whether somebody reads discussions without taking part: teachers and training officers."""
    return user.has_perm("training.view_contribution")
