"""Views of the back office that do more than save a form: a device and its password.

The outbox hears of every edit in /cms/ by Wagtail's log (`cms.changes`).
"""

from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.widgets.button import Button

from telemetry.back_office.register import RegisterIndex
from telemetry.back_office.secrets import password_page
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
        """Save and answer with the password."""
        super().form_valid(form)
        return password_page(self.request, self.object, self.password)


class ListDevices(RegisterIndex):
    """Lists devices with a way to a new password."""

    def get_base_queryset(self) -> QuerySet[Device]:
        """Read maker and model along; not every device names its model."""
        devices: QuerySet[Device] = super().get_base_queryset()
        return devices.annotate(made_by=F("model__maker"), model_named=F("model__name"))

    def get_list_more_buttons(self, instance: Device) -> list[Any]:
        """Add the buttons to Wagtail's own."""
        buttons: list[Any] = super().get_list_more_buttons(instance)
        if self.permission_policy.user_has_permission(self.request.user, "change"):
            buttons += _password_buttons(instance)
        return buttons


class EditDevice(EditView):
    """Edits a device, with a way to a new password."""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """Add the buttons to Wagtail's own."""
        return [*super().header_more_buttons, *_password_buttons(self.object)]


def _password_buttons(device: Device) -> list[Button]:
    new = reverse("devices:reissue", args=[device.pk])
    buttons = [Button(_("New password"), url=new, icon_name="key", priority=40)]
    if device.password_hash:
        away = reverse("devices:revoke", args=[device.pk])
        buttons.append(Button(_("Take the password away"), url=away, icon_name="lock", priority=41))
    return buttons
