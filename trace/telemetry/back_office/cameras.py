"""Cameras in the back office: the register, the token, and their newest picture."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, DateColumn
from wagtail.admin.views.generic import EditView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.permissions import policy_registry, register_permission_policy

from lib.pictures import NotAPicture
from telemetry.back_office.policies import KeptPolicy
from telemetry.back_office.register import ASSET_PANELS, HEADINGS, REGISTER, RegisterIndex
from telemetry.back_office.secrets import new_token, take_token
from telemetry.cameras.rounds import fetch_snapshot
from telemetry.cameras.snapshots import take_snapshot
from telemetry.models import Camera, Snapshot

register_permission_policy(Camera, KeptPolicy(Camera))


class PictureForm(forms.Form):
    """A picture put in by hand."""

    picture = forms.FileField(label=gettext_lazy("Picture"))


class EditCamera(EditView):
    """Edits a camera, with ways to its picture and its token."""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """Add the buttons to Wagtail's own."""
        return [*super().header_more_buttons, *_buttons(self.object)]


class ListCameras(RegisterIndex):
    """Lists cameras with the same ways."""

    def get_list_more_buttons(self, instance: Camera) -> list[Any]:
        """Add the buttons to Wagtail's own."""
        buttons: list[Any] = super().get_list_more_buttons(instance)
        if self.permission_policy.user_has_permission(self.request.user, "change"):
            buttons += _buttons(instance)
        return buttons


def _buttons(camera: Camera) -> list[Button]:
    def url(name: str) -> str:
        return reverse(f"cameras:{name}", args=[camera.pk])

    buttons = [
        Button(_("Its picture"), url=url("picture"), icon_name="image", priority=30),
        Button(_("New token"), url=url("new-token"), icon_name="key", priority=40),
    ]
    if camera.token_hash:
        buttons.append(Button(_("Take the token away"), url=url("take-token"), icon_name="lock", priority=41))
    return buttons


def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the newest picture of a camera; fetch one now, or put one in by hand."""
    if not policy_registry.get_by_type(Camera).user_has_permission(request.user, "change"):
        raise PermissionDenied
    camera = get_object_or_404(Camera.objects.select_related("base", "latest"), pk=pk)
    form = PictureForm()
    if request.method == "POST" and "fetch" in request.POST:
        return _fetch(request, camera)
    if request.method == "POST":
        form = PictureForm(request.POST, request.FILES)
        if form.is_valid() and _put_in(camera, form):
            messages.success(request, _("The picture is in."))
            return redirect("cameras:picture", pk)
    context = {
        "camera": camera,
        "form": form,
        "is_stale": camera.is_stale(at=timezone.now()),
        "header_title": _("Its picture"),
        "page_title": _("Its picture"),
        "page_subtitle": f"{camera} {camera.name}",
        "header_icon": "image",
        "edit_url": reverse("cameras:edit", args=[camera.pk]),
    }
    return render(request, "telemetry/admin/picture.html", context, status=400 if form.errors else 200)


def _fetch(request: HttpRequest, camera: Camera) -> HttpResponse:
    if not (camera.snapshot_url and camera.is_active):
        messages.error(request, _("This camera has no address to fetch from, or is not in use."))
    elif fetch_snapshot(camera=camera, at=timezone.now()):
        messages.success(request, _("The picture is in."))
    else:
        camera.refresh_from_db(fields=["trouble"])
        messages.error(request, _("No picture came: %(why)s") % {"why": camera.trouble or "—"})
    return redirect("cameras:picture", camera.pk)


def _put_in(camera: Camera, form: PictureForm) -> bool:
    try:
        file = form.cleaned_data["picture"]
        take_snapshot(camera=camera, file=file, source=Snapshot.Source.DESK, at=timezone.now())
    except NotAPicture as error:
        form.add_error("picture", str(error))
        return False
    return True


class CameraViewSet(ModelViewSet):
    """Cameras."""

    model = Camera
    name = "cameras"
    icon = "view"
    menu_label = gettext_lazy("Cameras")
    copy_view_enabled = False
    index_view_class = ListCameras
    edit_view_class = EditCamera
    list_display = [
        "camera_id",
        "name",
        "base",
        DateColumn("asked_at", label=gettext_lazy("asked last"), sort_key="asked_at"),
        "trouble",
        BooleanColumn("is_public", label=gettext_lazy("shown to the public"), sort_key="is_public"),
        BooleanColumn("is_active", label=gettext_lazy("in use"), sort_key="is_active"),
    ]
    list_filter = {
        "base__region": ["exact"],
        "base": ["exact"],
        "is_public": ["exact"],
        "is_active": ["exact"],
    }
    list_export = [
        "asset_number",
        "camera_id",
        "name",
        "base.region.name",
        "base.name",
        "maker",
        "model_name",
        *REGISTER,
    ]
    export_headings = HEADINGS
    export_filename = "cameras-register"
    search_fields = ["camera_id", "name", "base__name", "asset_number", "keeper"]
    search_backend_name = None
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("base"),
                FieldRowPanel([FieldPanel("camera_id"), FieldPanel("name")]),
                FieldRowPanel([FieldPanel("maker"), FieldPanel("model_name")]),
                FieldRowPanel([FieldPanel("is_active"), FieldPanel("is_public")]),
            ],
            heading=gettext_lazy("Camera"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("snapshot_url"),
                FieldRowPanel([FieldPanel("snapshot_minutes"), FieldPanel("stale_after")]),
                FieldPanel("stream_url"),
            ],
            heading=gettext_lazy("Pictures"),
        ),
        *ASSET_PANELS,
    ]

    def get_urlpatterns(self) -> list[Any]:
        """Add the picture and the token."""
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/picture/", picture, name="picture"),
            path("<int:pk>/token/", new_token, name="new-token"),
            path("<int:pk>/token/take/", take_token, name="take-token"),
        ]
