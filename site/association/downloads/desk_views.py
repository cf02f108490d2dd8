"""What a member took from the library, on its desk."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from association.desk.gate import MemberRequest, member_page
from association.desk.pages import desk_page
from association.downloads.queries import downloads_of, terms_of

A_PAGE = 30


@require_safe
@member_page
def downloads(request: MemberRequest) -> HttpResponse:
    """List the member's downloads, newest first, under the terms they stand on. 5 queries."""
    lines = Paginator(downloads_of(request.member), A_PAGE).get_page(request.GET.get("page"))
    context = {"lines": lines, "terms": terms_of(request.member, request.user)}
    return desk_page(
        request, "association/downloads/desk.html", context, title=_("Downloads from the VI library")
    )
