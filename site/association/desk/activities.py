"""Activities on the desk: what waits for an answer, where the member goes, what is still open to join."""

from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from association.desk.parts import Due, Part, Row
from brand.models import Activity, Member, SignUp
from lib import dates

SHOWN = 4
_TONES = {SignUp.State.GOING: "ok", SignUp.State.OFFERED: "warn"}


def part(member: Member, user: User, at: datetime) -> Part:
    """Return offers to answer, coming places, and invitations where there is room below them. Two queries."""
    mine = SignUp.objects.live().filter(Q(member=member) | Q(user=user), activity__ends_at__gt=at)
    places = list(mine.select_related("activity").order_by("activity__starts_at", "pk")[:20])
    return Part(
        _("Activities"),
        dues=[_due(each) for each in places if each.state == SignUp.State.OFFERED],
        rows=[*(_place(each) for each in places), *_invitations(member, places, at)][:SHOWN],
        more_url=reverse("association:activities"),
        icon="clock",
        empty=_("Nothing is planned just now. Salons and trainings for members are announced here."),
    )


def _due(offered: SignUp) -> Due:
    words = _("Say whether you come to %(title)s") % {"title": offered.activity.title}
    last = timezone.localdate(offered.answer_by) if offered.answer_by else None
    return Due(words, offered.get_absolute_url(), last)


def _place(place: SignUp) -> Row:
    activity = place.activity
    state = _("called off") if activity.called_off_at else str(place.get_state_display())
    tone = "bad" if activity.called_off_at else _TONES.get(SignUp.State(place.state), "")
    note = f"{dates.moment(activity.starts_at)} {activity.place} · {place.name}"
    return Row(activity.title, place.get_absolute_url(), note, state, tone)


def _invitations(member: Member, places: list[SignUp], at: datetime) -> list[Row]:
    """Return what the member's people may still sign up for."""
    open_now = Activity.objects.public().coming(at=at).filter(region=member.region, called_off_at=None)
    taken = {place.activity_id for place in places}
    return [
        Row(one.title, one.get_absolute_url(), f"{dates.moment(one.starts_at)} {one.place}")
        for one in open_now.exclude(pk__in=taken)[:SHOWN]
    ]
