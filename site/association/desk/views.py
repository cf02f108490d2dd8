"""The desk itself."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from association.desk.gate import MemberRequest, member_page
from association.desk.pages import desk_page
from association.desk.parts import desk_of


@require_safe
@member_page
def desk(request: MemberRequest) -> HttpResponse:
    """Show what is due and what there is, for one member."""
    now = timezone.now()
    context = {
        "desk": desk_of(request.member, request.user, now),
        "today": timezone.localdate(now),
        "trail": [(_("My desk"), "")],
    }
    return desk_page(request, "association/desk/desk.html", context, title=_("My desk"))
