"""A sign-up that waits for the code of its phone, and the sign-ups made in this browser: in the session."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.http import HttpRequest

from brand.models import Activity, SignUp
from brand.phones import send_code

_WAITING = "activity_pending"
_MADE = "activity_sign_ups"
_MOST_REMEMBERED = 20


@dataclass(frozen=True, slots=True)
class Pending:
    """Who wants to come; the number is not confirmed yet."""

    name: str
    phone: str  # E.164


def purpose(activity: Activity) -> str:
    """Return what a code for this activity is good for."""
    return f"activity:{activity.pk}"


def begin(request: HttpRequest, activity: Activity, facts: Pending, *, at: datetime) -> None:
    """Send the code and keep what was typed until it comes back.

    Raises:
        CodeRefused, NotSent: no code was sent; what was typed before stays.
    """
    address = request.META.get("REMOTE_ADDR", "")
    send_code(phone=facts.phone, purpose=purpose(activity), at=at, address=address)
    request.session[_WAITING] = {"activity": activity.pk, **asdict(facts)}


def waiting(request: HttpRequest, activity: Activity) -> Pending | None:
    """Return what was typed for this activity in this browser."""
    kept = request.session.get(_WAITING)
    if not isinstance(kept, dict) or kept.get("activity") != activity.pk:
        return None
    return Pending(kept["name"], kept["phone"])


def remember(request: HttpRequest, made: SignUp) -> None:
    """Remember whose place it is, so that the door knows this browser."""
    request.session.pop(_WAITING, None)
    tokens = [token for token in request.session.get(_MADE, []) if token != made.token]
    request.session[_MADE] = [*tokens, made.token][-_MOST_REMEMBERED:]


def mine_at(request: HttpRequest, activity: Activity) -> SignUp | None:
    """Return the live sign-up of this account or this browser. At most two queries."""
    live = activity.sign_ups.live()
    if request.user.is_authenticated and (found := live.filter(user=request.user).first()):
        return found
    tokens = request.session.get(_MADE, [])
    return live.filter(token__in=tokens).first() if tokens else None
