"""Activities with the people who come, wait and came: every state to look at."""

from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from brand.models import Activity, SignUp
from demo.load.county import County
from demo.load.people import login
from lib import dates
from notices.send import ON_SITE, send_notice

State = SignUp.State
_WORDS = ("slug", "kind", "title", "summary", "place", "address", "audience", "capacity", "contact", "art")
_DEMO = "demo"  # marks the person the demo's account of a member is


def add_activities(county: County) -> None:
    """Add what is coming, what goes on just now, what has been."""
    for number, words in enumerate(county.content("activities")["activity"]):
        activity = Activity.objects.create(
            region=county.region,
            **{name: words[name] for name in _WORDS if name in words},
            **_times(county, words),
            text=words["text"].strip(),
            outcome=words.get("outcome", "").strip(),
            takes_sign_ups=not words.get("no_sign_up", False),
            is_public=True,
            called_off_at=county.calendar.at if "called_off" in words else None,
            called_off_why=words.get("called_off", ""),
            contacts_erased_at=county.calendar.at if words.get("forgotten") else None,
        )
        _add_people(county, activity, words, first=number * 40)


def _times(county: County, words: dict[str, Any]) -> dict[str, datetime | None]:
    """Return when it is: around the clock of the loading where `now_hours` says how long it goes on."""
    calendar = county.calendar
    if hours := words.get("now_hours"):
        begins = calendar.at - timedelta(hours=1)
        return {"starts_at": begins, "ends_at": begins + timedelta(hours=hours)}
    begins_at, ends_at = words["hours"]
    until = words.get("until_days")
    return {
        "starts_at": calendar.moment(words["days"], begins_at),
        "ends_at": calendar.moment(words.get("end_days", words["days"]), ends_at),
        "sign_up_until": None if until is None else calendar.moment(until, "18:00"),
    }


def _add_people(county: County, activity: Activity, words: dict[str, Any], *, first: int) -> None:
    """Write the people in as they would stand now; nobody is told, their numbers are invented."""
    people = [(who, State.GOING) for who in words.get("people", ())]
    people += [(words["offered"], State.OFFERED)] if "offered" in words else []
    people += [(who, State.WAITING) for who in words.get("waiting", ())]
    rows = [
        _person(county, activity, who, state, number=first + place)
        for place, (who, state) in enumerate(people)
    ]
    for place, row in enumerate(rows[: words.get("came", 0)]):
        row.checked_in_at = activity.starts_at + timedelta(minutes=4 * place - 12)
    SignUp.objects.bulk_create(rows)
    activity.places_taken = sum(row.state in SignUp.HOLDING for row in rows)
    activity.save(update_fields=["places_taken"])
    for row in rows:
        if row.user and row.state == State.OFFERED:
            _tell(row, county.calendar.at)


def _person(county: County, activity: Activity, who: list[str], state: State, *, number: int) -> SignUp:
    name, company, *marks = who
    asked = state == State.OFFERED
    return SignUp(
        activity=activity,
        name=name,
        phone=f"+861380000{number:04d}" if name else "",
        member=county.members[company] if company else None,
        user=User.objects.get(email=login("member")) if _DEMO in marks else None,
        state=state,
        signed_up_at=min(county.calendar.at, activity.starts_at) - timedelta(hours=200 - number % 40),
        answer_by=county.calendar.at + timedelta(hours=20) if asked else None,
    )


def _tell(asked: SignUp, at: datetime) -> None:
    """Put the offer into the inbox of the demo's member, as it would have been."""
    when, last = dates.moment(asked.activity.starts_at), dates.moment(asked.answer_by)
    context = {"title": asked.activity.title, "when": when, "answer_by": last}
    send_notice(
        kind="activity_offered",
        to=ON_SITE,
        user=asked.user,
        context=context,
        at=at,
        url=asked.get_absolute_url(),
    )
