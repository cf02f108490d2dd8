"""Too many wrong passwords: django-axes locks one name from one address for a quarter of an hour."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.managers import sign_in_key


def sign_in_name(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str:
    """Return the name failures are counted under: one spelling, whether or not such an account exists."""
    given = credentials or {}
    typed = (
        given.get("email") or given.get("phone") or given.get("username") or request.POST.get("login") or ""
    )
    return next(iter(sign_in_key(str(typed)[:254]).values()))


def locked_out(request: HttpRequest, _answer: HttpResponse, _credentials: Mapping[str, Any]) -> HttpResponse:
    """Say for how long, and what can be done meanwhile."""
    minutes = round(settings.AXES_COOLOFF_TIME.total_seconds() / 60)
    return render(request, "accounts/locked.html", {"minutes": minutes}, status=429)
