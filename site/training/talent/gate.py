"""The gate of members who look for people: signed in, acting for a member in good standing."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from accounts.models import User
from brand.members.acting_for import chosen_member
from brand.members.representatives import members_of
from brand.models import Member
from training.talent.standing import why_not

View = Callable[..., HttpResponseBase]
TYPED = ("message", "text", "answer")


class EmployerRequest(HttpRequest):
    """A request behind `employer_page`: `member` is acted for, `members` are all the person acts for."""

    user: User
    member: Member
    members: list[Member]


def employer_page(view: View) -> View:
    """Let in who acts for a member in good standing; everybody else reads why not, with what they typed.

    At most 4 queries, 2 where all is well. No answer is kept anywhere.
    """

    @wraps(view)
    def gated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = _let_in(view, request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    return gated


def _let_in(view: View, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    members = members_of(request.user)
    member = chosen_member(request, members) if members else None
    if member is None:
        reason = _("You do not act for this member") if members else ""
        return _refused(request, reason, members)
    reason = why_not(member, at=timezone.now())
    if reason:
        return _refused(request, reason, members, member)
    request.member, request.members = member, members
    return view(request, *args, **kwargs)


def _refused(
    request: HttpRequest, reason: str, members: list[Member], member: Member | None = None
) -> HttpResponseBase:
    typed = next((request.POST[name] for name in TYPED if request.POST.get(name)), "")
    context = {
        "title": _("The talent pool is closed to you") if reason else _("For members of the association"),
        "reason": reason,
        "member": member,
        "members": members,
        "typed": typed,
    }
    return render(request, "training/talent/closed.html", context, status=403)
