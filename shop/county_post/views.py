"""The stations' pages on a phone: scan a parcel, say what was done with it, hand out; and the lines."""

from typing import Any

from django.contrib import messages
from django.core.files.base import ContentFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lib.pictures import NotAPicture, read_picture
from shop.county_post.gate import KeeperRequest, station_page
from shop.county_post.models import CountyLine
from shop.county_post.queries import here, lines_of, recent, vans_at
from shop.county_post.scanning import NotScanned, acts_for, parcel_meant, scan
from shop.fulfilment.desk.rows import receiver
from shop.fulfilment.models import Parcel
from shop.fulfilment.receiving import NotReceived, hand_out


@require_safe
@station_page
def station(request: KeeperRequest) -> HttpResponse:
    """Show the box to scan into, what lies here, what was scanned last, the vans of the day."""
    context = {
        "here": here(request.station),
        "recent": recent(request.station),
        "vans": vans_at(request.station),
    }
    return _page(request, "shop/stations/station.html", context, title=request.station.name)


@station_page
def find(request: KeeperRequest) -> HttpResponse:
    """Lead from a scanned or typed number to its parcel."""
    typed = request.POST.get("code", request.GET.get("code", "")).strip()
    if not typed:
        return redirect("stations:station")
    try:
        found = parcel_meant(typed)
    except NotScanned as error:
        messages.error(request, str(error))
        return redirect("stations:station")
    return redirect("stations:parcel", waybill=found.waybill or found.number)


@require_safe
@station_page
def parcel(request: KeeperRequest, waybill: str) -> HttpResponse:
    """Show a parcel with what this station can say about it."""
    return _parcel_page(request, _found(waybill))


@station_page
def scanned(request: KeeperRequest, waybill: str) -> HttpResponse:
    """Take down what was done with a parcel."""
    found = _found(waybill)
    if request.method != "POST":
        return redirect("stations:parcel", waybill=waybill)
    words = {name: request.POST.get(name, "").strip()[:200] for name in ("act", "note", "handed_to")}
    try:
        photo = _photo(request)
        scan(parcel=found, station=request.station, at=timezone.now(), by=request.user, proof=photo, **words)
    except (NotScanned, NotAPicture) as error:
        return _parcel_page(request, found, wrong=str(error), typed=words, status=409)
    messages.success(request, _("Written down. The buyer sees it."))
    return redirect("stations:station")


@station_page
def handing_out(request: KeeperRequest) -> HttpResponse:
    """Hand out an order to who shows its pick-up code."""
    code = "".join(sign for sign in request.POST.get("code", request.GET.get("code", "")) if sign.isdecimal())
    wrong = ""
    if request.method == "POST":
        name = request.POST.get("handed_to", "").strip()[:40]
        try:
            done = hand_out(
                code=code, at=timezone.now(), by=request.user, handed_to=name, station=request.station
            )
        except NotReceived as error:
            wrong = str(error)
        else:
            messages.success(request, _("Handed out: order %(number)s.") % {"number": done.order.number})
            return redirect("stations:station")
    context = {"code": code, "wrong": wrong}
    status = 409 if wrong else 200
    return _page(
        request,
        "shop/stations/handing_out.html",
        context,
        title=pgettext("parcel", "Hand out"),
        status=status,
        below=True,
    )


@never_cache
@require_safe
def lines(request: HttpRequest) -> HttpResponse:
    """Show everybody the lines of the county with their stops and times."""
    region = request.region  # type: ignore[attr-defined]
    context: dict[str, Any] = {"lines": lines_of(region) if region else CountyLine.objects.none()}
    return render(request, "shop/stations/lines.html", {**context, "title": _("Parcel lines")})


def _parcel_page(
    request: KeeperRequest, found: Parcel, *, wrong: str = "", typed: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = {
        "parcel": found,
        "order": found.consignment.order,
        "acts": acts_for(found),
        "events": found.events.select_related("station")[:20],
        "receiver": receiver(found.consignment),
        "wrong": wrong,
        "typed": typed or {},
        "number": found.waybill or found.number,
    }
    title = _("Parcel %(number)s") % {"number": found.waybill or found.number}
    return _page(request, "shop/stations/parcel.html", context, title=title, status=status, below=True)


def _page(
    request: KeeperRequest, template: str, context: dict[str, Any], *, title: str, status: int = 200,
    below: bool = False,
) -> HttpResponse:  # fmt: skip
    home = [(request.station.name, reverse("stations:station"))] if below else []
    frame = {
        "title": title,
        "trail": [*home, (title, "")],
        "station": request.station,
        "stations": request.stations,
        "region": request.station.region,
    }
    return render(request, template, {**frame, **context}, status=status)


def _found(waybill: str) -> Parcel:
    try:
        return parcel_meant(waybill)
    except NotScanned:
        raise Http404 from None


def _photo(request: HttpRequest) -> ContentFile[Any] | None:
    sent = request.FILES.get("photo")
    return read_picture(sent, longest=1600) if sent else None
