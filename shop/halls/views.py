"""The front page of a county's hall, and the page of all halls. Both are the same for everybody."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from shop.halls.everywhere import halls_by_province
from shop.halls.floors import hall_of, modules
from shop.halls.kinds import NAVIGATION, kinds, on_top
from shop.halls.places import county_of, hall_name, hall_trail
from shop.search.forms import SearchForm


@require_safe
def hall(request: HttpRequest) -> HttpResponse:
    """Show the hall of the county; before a county is set up, everything there is."""
    region = county_of(request)
    if region is None:
        return redirect("catalogue:index")
    now = timezone.now()
    on = timezone.localdate(now)
    strategy: Any = request.strategy  # type: ignore[attr-defined]
    shown = {
        "hall": hall_of(region),
        "name": hall_name(region),
        "modules": modules(region, strategy, on=on, at=now),
        "kinds": on_top(kinds(region, on=on))[:NAVIGATION],
        "form": SearchForm(),
    }
    return render(request, "shop/hall.html", shown)


@require_safe
def halls(request: HttpRequest) -> HttpResponse:
    """Show every county's hall with its kinds, by province."""
    counties: Any = request.counties  # type: ignore[attr-defined]
    provinces = halls_by_province(list(counties), request, on=timezone.localdate())
    trail = [*hall_trail(county_of(request))[:1]]
    return render(request, "shop/halls.html", {"provinces": provinces, "trail": trail})
