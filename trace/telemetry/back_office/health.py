"""The health board: every device and camera, what it reports and what is wrong. Four queries and some."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from brand.models import Region
from telemetry.health import DAYS, device_health, devices_to_look_at, strangers
from telemetry.models import Camera

ON_A_PAGE = 25
RIGHT = "telemetry.view_device"


def board(request: HttpRequest) -> HttpResponse:
    """Show the devices in use of all counties or one, a page of them, and the cameras."""
    if not request.user.has_perm(RIGHT):
        raise PermissionDenied
    now = timezone.now()
    county = request.GET.get("county", "")
    devices, cameras = devices_to_look_at(at=now), Camera.objects.filter(is_active=True)
    if county:
        devices, cameras = (
            devices.filter(base__region__slug=county),
            cameras.filter(base__region__slug=county),
        )
    page = Paginator(devices, ON_A_PAGE).get_page(request.GET.get("page"))
    cameras = cameras.select_related("base", "latest").order_by("base__name", "camera_id")
    context = {
        "page": page,
        "rows": device_health(list(page), at=now),
        "hours": DAYS * 24,
        "cameras": [(camera, camera.is_stale(at=now)) for camera in cameras],
        "strangers": strangers(at=now),
        "counties": Region.objects.order_by("pk"),
        "county": county,
        "now": now,
        "header_title": _("Health of devices"),
        "page_title": _("Health of devices"),
        "header_icon": "desktop",
    }
    return render(request, "telemetry/admin/health.html", context)


class _BoardMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(RIGHT))


class HealthViewSet(ViewSet):
    """The board in the menu of bases and devices."""

    name = "device-health"
    icon = "desktop"
    menu_label = gettext_lazy("Health of devices")

    def get_urlpatterns(self) -> list[Any]:
        """There is one page."""
        return [path("", board, name="index")]

    def get_menu_item(self, order: int | None = None) -> MenuItem:
        """Return the way to it, for who may look at devices."""
        return _BoardMenuItem(
            self.menu_label,
            reverse_lazy("device-health:index"),
            name="device-health",
            icon_name=self.icon,
            order=order or 0,
        )
