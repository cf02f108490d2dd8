"""Views of the back office that do more than save a form: a device and its password.

The outbox hears of every edit in /cms/ by Wagtail's log (`cms.changes`).
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from wagtail.admin.views.generic import CreateView, EditView, IndexView
from wagtail.admin.widgets.button import Button
from wagtail.permissions import policy_registry

from telemetry.devices import issue_password
from telemetry.models import Device


class CreateDevice(CreateView):
    """Creates a device and shows its password, this once."""

    def save_instance(self) -> Device:
        """Save and give it a password."""
        with transaction.atomic():
            device: Device = super().save_instance()
            self.password = issue_password(device=device, at=timezone.now())
        return device

    def form_valid(self, form: Any) -> HttpResponse:
        """Save and answer with the password: it is kept nowhere, so there is nothing to redirect to."""
        super().form_valid(form)
        return _password_page(self.request, self.object, self.password)


class ListDevices(IndexView):
    """Lists devices with a way to a new password."""

    def get_list_more_buttons(self, instance: Device) -> list[Any]:
        """Add the button to Wagtail's own."""
        buttons: list[Any] = super().get_list_more_buttons(instance)
        if self.permission_policy.user_has_permission(self.request.user, "change"):
            url = reverse("devices:reissue", args=[instance.pk])
            buttons.append(Button(_("New password"), url=url, icon_name="key", priority=40))
        return buttons


class EditDevice(EditView):
    """Edits a device, with a way to a new password."""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """Add the button to Wagtail's own."""
        url = reverse("devices:reissue", args=[self.object.pk])
        return [
            *super().header_more_buttons,
            Button(_("New password"), url=url, icon_name="key", priority=40),
        ]


@never_cache
def reissue(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then give the device a new password and show it, this once."""
    if not policy_registry.get_by_type(Device).user_has_permission(request.user, "change"):
        raise PermissionDenied
    device = get_object_or_404(Device.objects.select_related("base"), pk=pk)
    if request.method == "POST":
        return _password_page(request, device, issue_password(device=device, at=timezone.now()))
    return render(request, "telemetry/admin/reissue.html", _page(device, _("New password")))


def _password_page(request: HttpRequest, device: Device, password: str) -> HttpResponse:
    context = _page(device, _("Password of the device")) | {"password": password}
    response = render(request, "telemetry/admin/password.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _page(device: Device, title: str) -> dict[str, Any]:
    return {
        "device": device,
        "header_title": title,
        "page_title": title,
        "page_subtitle": device.device_id,
        "header_icon": "key",
        "edit_url": reverse("devices:edit", args=[device.pk]),
        "index_url": reverse("devices:index"),
    }
