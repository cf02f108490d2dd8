"""Standing at the door: who scanned the code of the moment may check in from this browser for ten minutes."""

from datetime import datetime, timedelta

from django.http import HttpRequest

from brand.models import Activity
from lib.guessing import Guesses

PASS_FOR = timedelta(minutes=10)  # long enough to type a number, too short to hand on
_SEEN = "activity_door"

# a hall of people shares one address; a stranger needs the code on the screen first
_GUESSES = Guesses("association.door", allowed=60, window=600)
visitor_mark = _GUESSES.mark
guesses_too_often = _GUESSES.used_up
note_miss = _GUESSES.note


def give_pass(request: HttpRequest, activity: Activity, *, at: datetime) -> None:
    """Remember that this browser was at the door just now."""
    request.session[_SEEN] = {"activity": activity.pk, "at": at.timestamp()}


def has_pass(request: HttpRequest, activity: Activity, *, at: datetime) -> bool:
    """Tell whether this browser was at the door in the last ten minutes."""
    kept = request.session.get(_SEEN)
    if not isinstance(kept, dict) or kept.get("activity") != activity.pk:
        return False
    return 0 <= at.timestamp() - float(kept["at"]) <= PASS_FOR.total_seconds()
