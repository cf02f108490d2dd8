"""The desk itself."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from association.desk.gate import MemberRequest, member_page
from association.desk.pages import desk_page
from association.desk.parts import desk_of
from association.desk.words import shown
from brand.models import Member
from notices.inbox import unread_count


@require_safe
@member_page
def desk(request: MemberRequest) -> HttpResponse:
    """Show what is due and what there is, for one member."""
    now = timezone.now()
    today = timezone.localdate(now)
    found = desk_of(request.member, request.user, now)
    context = {
        "dues": [shown(due, today=today) for due in found.dues],
        "parts": found.parts,
        "acts": [part for part in found.parts if part.act_url],
        "is_new": _is_new(request.member),
        "unread": unread_count(request.user),
        "today": today,
        "trail": [(_("My desk"), "")],
    }
    return desk_page(request, "association/desk/desk.html", context, title=_("My desk"))


def _is_new(member: Member) -> bool:
    """Tell whether the member never held a licence and never asked for one. At most two queries."""
    return not member.licences.exists() and not member.licence_applications.exists()
