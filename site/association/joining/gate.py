"""Whose application it is: nobody else sees that there is one."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import patch_cache_control

from accounts.models import User
from brand.models import MembershipApplication

View = Callable[..., HttpResponseBase]


class Applicant(HttpRequest):
    """A request behind `signed_in`."""

    user: User


def signed_in(view: View) -> View:
    """Let in who is signed in; lead everybody else to sign-in and back. No answer is kept anywhere."""

    @wraps(view)
    def gated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            response = view(request, *args, **kwargs)
        else:
            response = redirect_to_login(_way_back(request))
        patch_cache_control(response, private=True, no_store=True)
        return response

    return gated


def own_application(view: View) -> View:
    """Give the view the application of who is signed in; for everybody else it is not there (404)."""

    @wraps(view)
    def owned(request: Applicant, pk: int) -> HttpResponseBase:
        applications = MembershipApplication.objects.select_related("region__site", "applicant", "member")
        return view(request, get_object_or_404(applications, pk=pk, applicant=request.user))

    return signed_in(owned)


def posted(view: View) -> View:
    """Act only on a form that was sent; a reload after signing in leads to the application."""

    @wraps(view)
    def acted(request: HttpRequest, application: MembershipApplication) -> HttpResponseBase:
        if request.method != "POST":
            return to_application(application)
        return view(request, application)

    return acted


def to_application(application: MembershipApplication, anchor: str = "") -> HttpResponseRedirect:
    """Lead to the application, to a section of it if named."""
    url = reverse("association:application", args=[application.pk])
    return HttpResponseRedirect(f"{url}#{anchor}" if anchor else url)


def _way_back(request: HttpRequest) -> str:
    """Return where to go after signing in: never an address that only takes forms."""
    return request.get_full_path() if request.method == "GET" else reverse("association:applications")
