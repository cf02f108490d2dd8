"""How soon something is due, as people say it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from association.desk.parts import Due
from lib.dates import day

DAYS_COUNTED = 30  # beyond, the day itself says more


@dataclass(frozen=True, slots=True)
class Shown:
    """Something due as the desk shows it: `when` in words, `mark` for how it looks (late, soon or later)."""

    due: Due
    when: str
    mark: str


def shown(due: Due, *, today: date) -> Shown:
    """Return how `due` is shown on that day."""
    if due.due_on is None:
        return Shown(due, "", "late" if due.urgent else "later")
    days = (due.due_on - today).days
    late = days < 0 or due.urgent
    return Shown(due, _when(due.due_on, days, today), "late" if late else "soon" if days <= 7 else "later")


def _when(due_on: date, days: int, today: date) -> str:
    if days < 0:
        return ngettext("%(days)d day late", "%(days)d days late", -days) % {"days": -days}
    if days == 0:
        return _("today")
    if days > DAYS_COUNTED:
        return _("by %(day)s") % {"day": day(due_on, today=today)}
    return ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}
