"""The account pages that allauth does not have: overview, name, data export, deletion, privacy notice."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import deletion
from accounts.details import DeletionForm, NameForm
from accounts.export import personal_data
from accounts.models import User
from accounts.pages import links_for
from accounts.roles import roles_of

BACK_OFFICE = "wagtailadmin.access_admin"


class SignedIn(HttpRequest):
    """A request behind `login_required`."""

    user: User


@never_cache
@login_required
@require_safe
def me(request: SignedIn) -> HttpResponse:
    """Show who is signed in, with what roles, and what they can do from here."""
    context = {"roles": roles_of(request.user), "links": links_for(request.user)}
    return render(request, "accounts/me.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def name(request: SignedIn) -> HttpResponse:
    """Change the name."""
    form = NameForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The name is saved."))
        return redirect("accounts:me")
    return render(request, "accounts/name.html", {"form": form})


@never_cache
@login_required
@reauthentication_required(app="allauth.account")
@require_http_methods(["GET", "POST"])
def export(request: SignedIn) -> HttpResponse:
    """Hand out everything personal as one JSON file."""
    if request.method == "GET":
        return render(request, "accounts/export.html")
    now = timezone.now()
    data = personal_data(user=request.user, at=now)
    answer = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="fengtu-{timezone.localdate(now):%Y%m%d}.json"'
    return answer


@never_cache
@login_required
@reauthentication_required(app="allauth.account")
@require_http_methods(["GET", "POST"])
def delete(request: SignedIn) -> HttpResponse:
    """Delete the account, after saying what stays and why."""
    form = DeletionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            deletion.delete_account(user=request.user, at=timezone.now())
        except deletion.LastAdministrator as refusal:
            form.add_error(None, str(refusal))
        else:
            logout(request)
            return redirect("accounts:deleted")
    context: dict[str, Any] = {"form": form, "kept": deletion.what_is_kept(request.user)}
    return render(request, "accounts/delete.html", context)


@require_safe
def deleted(request: HttpRequest) -> HttpResponse:
    """Confirm that the account is gone."""
    return render(request, "accounts/deleted.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Show the privacy notice that sign-up asks to accept."""
    return render(request, "accounts/privacy.html", {"version": settings.PRIVACY_VERSION})


@never_cache
def cms_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead from /cms/login/ to the one sign-in; who is signed in without the right is told so."""
    following = request.GET.get("next", "/cms/")
    if not request.user.is_authenticated:
        return redirect_to_login(following)
    if request.user.has_perm(BACK_OFFICE):
        return redirect("wagtailadmin_home")
    list(messages.get_messages(request))  # Wagtail's own words for the same
    return render(request, "accounts/no_back_office.html", status=403)
