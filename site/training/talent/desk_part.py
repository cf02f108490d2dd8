"""The talent pool on the desk of a member: what came back, what waits."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from brand.models import Member
from lib.desks import Part, Row
from training.models import ContactRequest, JobApplication
from training.talent.standing import why_not

SHOWN = 4
_TONES = {ContactRequest.State.ACCEPTED: "ok", ContactRequest.State.OPEN: "warn"}


def part(member: Member, user: User, at: datetime) -> Part[Any]:
    """Return the newest requests and how many applied and wait for an answer. At most 5 queries."""
    reason = why_not(member, at=at)
    if reason:
        return Part(_("Talent pool"), icon="me", empty=reason)
    waiting = JobApplication.objects.filter(job__member=member, state=JobApplication.State.SENT).count()
    requests = ContactRequest.objects.filter(member=member)[:SHOWN]
    return Part(
        _("Talent pool"),
        rows=[_row(each) for each in requests],
        count=waiting,
        more_url=reverse("training:our-jobs" if waiting else "training:asked-list"),
        icon="me",
        empty=_("You look for people? Trainees of the county stand here with what they can do."),
        act_url=reverse("training:people"),
        act_label=_("Find people"),
    )


def _row(request: ContactRequest) -> Row:
    url = reverse("training:asked", args=[request.pk])
    tone = _TONES.get(ContactRequest.State(request.state), "")
    return Row(request.called or _("has left the pool"), url, "", str(request.get_state_display()), tone)
