"""Pages that show a secret once, or take one away: passwords of devices, tokens of cameras.

Who did it and when is in the log of the device or camera; the secret is nowhere.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from wagtail.log_actions import log
from wagtail.permissions import policy_registry

from telemetry.cameras.tokens import issue_token, revoke_token
from telemetry.devices import issue_password, revoke_password
from telemetry.models import Camera, Device


@never_cache
def reissue(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then give the device a new password and show it, this once."""
    device = _thing(request, Device, pk)
    if request.method == "POST":
        password = issue_password(device=device, at=timezone.now())
        log(instance=device, action="telemetry.secret_made", user=request.user)
        return password_page(request, device, password)
    return render(request, "telemetry/admin/reissue.html", _page(device, "devices", _("New password")))


@never_cache
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then take the password of the device away."""
    device = _thing(request, Device, pk)
    if request.method == "POST":
        revoke_password(device=device, at=timezone.now())
        log(instance=device, action="telemetry.secret_taken", user=request.user)
        messages.success(request, _("%(device)s may not sign in any more.") % {"device": device})
        return redirect("devices:edit", device.pk)
    return render(
        request, "telemetry/admin/revoke.html", _page(device, "devices", _("Take the password away"))
    )


@never_cache
def new_token(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then give the camera a new token and show it, this once."""
    camera = _thing(request, Camera, pk)
    page = _page(camera, "cameras", _("New token"))
    if request.method == "POST":
        token = issue_token(camera=camera)
        log(instance=camera, action="telemetry.secret_made", user=request.user)
        path = reverse("camera-snapshot", args=[camera.camera_id])
        return _once(request, "telemetry/admin/token.html", page | {"token": token, "path": path})
    return render(request, "telemetry/admin/new_token.html", page)


@never_cache
def take_token(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then take the token of the camera away."""
    camera = _thing(request, Camera, pk)
    if request.method == "POST":
        revoke_token(camera=camera)
        log(instance=camera, action="telemetry.secret_taken", user=request.user)
        messages.success(request, _("%(camera)s may not send pictures any more.") % {"camera": camera})
        return redirect("cameras:edit", camera.pk)
    return render(
        request, "telemetry/admin/take_token.html", _page(camera, "cameras", _("Take the token away"))
    )


def password_page(request: HttpRequest, device: Device, password: str) -> HttpResponse:
    """Show the password: it is kept nowhere, so there is nothing to redirect to."""
    page = _page(device, "devices", _("Password of the device")) | {"password": password}
    return _once(request, "telemetry/admin/password.html", page)


def _thing(request: HttpRequest, model: type[Any], pk: int) -> Any:
    if not policy_registry.get_by_type(model).user_has_permission(request.user, "change"):
        raise PermissionDenied
    return get_object_or_404(model.objects.select_related("base"), pk=pk)


def _once(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    response = render(request, template, context)
    response["Cache-Control"] = "no-store"
    return response


def _page(thing: Device | Camera, views: str, title: str) -> dict[str, Any]:
    return {
        "device": thing,
        "camera": thing,
        "header_title": title,
        "page_title": title,
        "page_subtitle": str(thing),
        "header_icon": "key",
        "edit_url": reverse(f"{views}:edit", args=[thing.pk]),
        "index_url": reverse(f"{views}:index"),
    }
