"""Visits: which requests are a scan, and what a phone is sent back with."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from lib.crawlers import is_crawler
from record.scans import devices
from record.scans.places import place_of
from record.scans.recording import record_scan

_AHEAD_OF_TIME = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_PURPOSE", "HTTP_X_MOZ")


def is_scan(request: HttpRequest) -> bool:
    """Tell whether the request is a person looking: not HEAD, not a browser fetching ahead, not a crawler."""
    if request.method != "GET":
        return False
    purposes = " ".join(request.META.get(name, "") for name in _AHEAD_OF_TIME).lower()
    if "prefetch" in purposes or "preview" in purposes:
        return False
    return not is_crawler(request.META.get("HTTP_USER_AGENT", ""))


def record_visit(
    request: HttpRequest, response: HttpResponse, serial: str, *, gtin: str | None = None
) -> HttpResponse:
    """Record that the phone behind `request` scanned `serial`; `response` lets it be known again.

    Raises:
        UnknownCode: the serial was never issued (for the product with that `gtin`).
    """
    token = devices.device_token(request) or devices.new_token()
    mark = devices.device_mark(token=token, serial=serial)
    record_scan(serial=serial, device=mark, place=place_of(request), at=timezone.now(), gtin=gtin)
    devices.remember_device(response, token, secure=request.is_secure())
    return response
