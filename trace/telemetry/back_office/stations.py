"""HJ 212 stations in the back office: a number for a device, and a password that is shown once."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from wagtail.admin.panels import FieldPanel
from wagtail.admin.views.generic import CreateView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from telemetry.models import Hj212Station
from telemetry.stations import issue_station_password


class CreateStation(CreateView):
    """Registers a station and shows its password, this once."""

    def save_instance(self) -> Hj212Station:
        """Save and give it a password."""
        with transaction.atomic():
            station: Hj212Station = super().save_instance()
            self.password = issue_station_password(station=station)
        return station

    def form_valid(self, form: Any) -> HttpResponse:
        """Save and answer with the password: it is kept nowhere, so there is nothing to redirect to."""
        super().form_valid(form)
        return _password_page(self.request, self.object, self.password)


class ListStations(IndexView):
    """Lists stations with their devices."""

    def get_base_queryset(self) -> QuerySet[Hj212Station]:
        """Read device and base along."""
        stations: QuerySet[Hj212Station] = super().get_base_queryset()
        return stations.select_related("device__base")


class EditStation(EditView):
    """Edits a station, with a way to a new password."""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """Add the button to Wagtail's own."""
        url = reverse("hj212-stations:reissue", args=[self.object.pk])
        button = Button(_("New password"), url=url, icon_name="key", priority=40)
        return [*super().header_more_buttons, button]


@never_cache
def reissue(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then give the station a new password and show it, this once."""
    if not request.user.has_perm("telemetry.change_hj212station"):
        raise PermissionDenied
    station = get_object_or_404(Hj212Station.objects.select_related("device"), pk=pk)
    if request.method == "POST":
        return _password_page(request, station, issue_station_password(station=station))
    return render(request, "telemetry/admin/reissue_station.html", _page(station, _("New password")))


def _password_page(request: HttpRequest, station: Hj212Station, password: str) -> HttpResponse:
    context = _page(station, _("Password of the station")) | {"password": password}
    response = render(request, "telemetry/admin/station_password.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _page(station: Hj212Station, title: str) -> dict[str, Any]:
    return {
        "station": station,
        "header_title": title,
        "page_title": title,
        "page_subtitle": station.mn,
        "header_icon": "key",
        "edit_url": reverse("hj212-stations:edit", args=[station.pk]),
        "index_url": reverse("hj212-stations:index"),
    }


class Hj212StationViewSet(ModelViewSet):
    """The numbers of devices that speak HJ 212. Deleting one shuts the station out, its readings stay."""

    model = Hj212Station
    name = "hj212-stations"
    icon = "key"
    menu_label = gettext_lazy("HJ 212 stations")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = ListStations
    add_view_class = CreateStation
    edit_view_class = EditStation
    list_display = ["mn", "device", "device__base"]
    search_fields = ["mn", "device__device_id", "device__name"]
    search_backend_name = None
    panels = [FieldPanel("device"), FieldPanel("mn")]

    def get_urlpatterns(self) -> list[Any]:
        """Add the view that gives a new password."""
        return [*super().get_urlpatterns(), path("reissue/<int:pk>/", reissue, name="reissue")]
