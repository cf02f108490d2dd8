"""The notices of a person: the list under /accounts/notices/, reading one, reading all."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from notices.inbox import inbox, mark_read, unread_count

ON_A_PAGE = 20


@never_cache
@login_required
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """List the notices of whoever is signed in."""
    page = Paginator(inbox(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "notices/inbox.html", {"page": page, "unread": unread_count(request.user)})


@never_cache
@login_required
@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one notice as read and lead to what it is about."""
    notice = get_object_or_404(inbox(request.user), pk=pk)
    mark_read(user=request.user, at=timezone.now(), notice=notice)
    if url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None):
        return redirect(notice.url)
    return redirect("inbox:list")


@never_cache
@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all notices of whoever is signed in as read."""
    mark_read(user=request.user, at=timezone.now())
    return redirect("inbox:list")
