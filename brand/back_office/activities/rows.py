"""What the organiser does with one person on the list: came, did not, cannot come."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from brand.activities.check_in import check_in, undo_check_in
from brand.activities.places import cancel
from brand.activities.refusals import SignUpRefused
from brand.models import SignUp


def act_on_row(request: HttpRequest, pk: int, sign_up: int, what: str) -> HttpResponse:
    """Check one person in, take that back, or take them off the list."""
    back = HttpResponseRedirect(reverse("brand-activities:people", args=[pk]))
    if request.method != "POST":
        return back
    if not request.user.has_perm("brand.change_signup"):
        raise PermissionDenied
    if what not in ("came", "undo", "cancel"):
        raise Http404
    found = get_object_or_404(SignUp.objects.select_related("activity", "user"), pk=sign_up, activity=pk)
    try:
        messages.success(request, _done(found, what, cast("User", request.user)))
    except SignUpRefused as refused:
        messages.error(request, f"{found.name}: {refused}")
    return back


def _done(found: SignUp, what: str, by: User) -> str:
    now, name = timezone.now(), {"name": found.name}
    if what == "came":
        check_in(sign_up=found, at=now, by=by)
        return _("%(name)s is checked in.") % name
    if what == "undo":
        undo_check_in(sign_up=found, at=now, by=by)
        return _("%(name)s is not checked in any more.") % name
    cancel(sign_up=found, at=now, by=by)
    return _("%(name)s is off the list; the next one who waits is asked.") % name
