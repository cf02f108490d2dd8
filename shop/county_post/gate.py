"""The gate of the stations' pages: whoever keeps a station, and operators of the hall."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import has_role
from shop.county_post.models import Station

STATION = "station"  # in the address, in forms and in the session: the key of the station
View = Callable[..., HttpResponseBase]


class KeeperRequest(HttpRequest):
    """A request behind `station_page`: `station` is worked for, `stations` are all one may work for."""

    user: User
    station: Station
    stations: list[Station]


def station_page(view: View) -> View:
    """Let in who keeps a station, and tell the view which: `request.station`. Two queries.

    Of several the one of the form or the address counts and is remembered. No answer is kept anywhere.
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
    stations = stations_of(request.user)
    if not stations:
        title = _("Your account keeps no parcel station")
        return render(request, "shop/stations/not_yours.html", {"title": title}, status=403)
    named = request.POST.get(STATION) or request.GET.get(STATION) or request.session.get(STATION)
    request.station = next((one for one in stations if str(one.pk) == str(named)), stations[0])
    request.session[STATION] = request.station.pk
    request.stations = stations
    return view(request, *args, **kwargs)


def stations_of(user: User) -> list[Station]:
    """Return the open stations the person may work for: their own, for an operator all. Two queries."""
    found = Station.objects.filter(open=True).select_related("region", "pickup_point")
    if not (user.is_superuser or has_role(user, "shop_operator")):
        found = found.filter(keepers=user)
    return list(found)
