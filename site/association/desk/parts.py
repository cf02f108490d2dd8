"""What stands on the desk: each area adds a part of its own, named below by its dotted path.

A part is a function `(member, user, at) -> Part | None` in `association/desk/<noun>.py`. It makes a bounded
number of queries, says in its docstring how many, and returns None where it has nothing to say at all.
Parts are shown in the order of `PARTS`; what is due is gathered from all of them, soonest first.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.module_loading import import_string

from accounts.models import User
from brand.models import Member
from lib.desks import Desk, Part, Row

__all__ = ["Desk", "Due", "Part", "Row", "desk_of"]

PARTS: list[str] = [
    "association.desk.licences.part",
    "association.desk.inspections.part",
    "association.desk.packaging.part",
    "association.desk.downloads.part",
    "association.desk.codes.part",
    "association.desk.batches.part",
    "association.desk.activities.part",
    "training.talent.desk_part.part",
]

FAR = date.max


@dataclass(frozen=True, slots=True)
class Due:
    """Something the member has to do: a sentence that begins with a verb, where to do it, until when.

    `urgent` where waiting costs something: the day has passed, or a right is lost.
    """

    text: str
    url: str
    due_on: date | None = None
    urgent: bool = False


PartMaker = Callable[[Member, User, datetime], Part[Due] | None]


def desk_of(member: Member, user: User, at: datetime) -> Desk[Due]:
    """Return the desk of `member` as `user` sees it. As many queries as its parts make."""
    makers: Iterable[PartMaker] = (import_string(path) for path in PARTS)
    parts = [part for maker in makers if (part := maker(member, user, at)) is not None]
    dues = [due for part in parts for due in part.dues]
    return Desk(sorted(dues, key=lambda due: (not due.urgent, due.due_on or FAR)), parts)
