"""The gate of the desk: signed in, acting for a member; and for which of them, where there are several."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from accounts.models import User
from brand.members.acting_for import chosen_member
from brand.members.representatives import members_of
from brand.models import Member

View = Callable[..., HttpResponseBase]


class MemberRequest(HttpRequest):
    """A request behind `member_page`: `member` is acted for, `members` are all the person acts for."""

    user: User
    member: Member
    members: list[Member]


def member_page(view: View) -> View:
    """Let in whoever acts for a member, and tell the view for whom: `request.member`. One query.

    Signed out leads to sign-in and back; who acts for nobody gets a page in plain words, status 403. Of
    several members the form's `acting_for` decides, then that of the address (which is remembered), then the
    remembered one, then the oldest tie. A form or address naming a member the person does not act for is
    refused: it would otherwise be filed under another company. No answer is kept anywhere.
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
    if not members:
        return _refused(request, _("Your account acts for no member yet"), 403)
    member = chosen_member(request, members)
    if member is None:
        return _refused(request, _("You do not act for this member"), 403, acts=True)
    request.member, request.members = member, members
    return view(request, *args, **kwargs)


def _refused(request: HttpRequest, title: str, status: int, *, acts: bool = False) -> HttpResponse:
    return render(request, "association/desk/not_yours.html", {"title": title, "acts": acts}, status=status)
