"""`/trace/kiosk/`: a large touch screen in a shop or a service station, with a scanner that types.

The screen is shared, so it forgets: a verdict leaves after half a minute, and no page leads anywhere but
back to the beginning. To the record the screen is one phone, however many people use it.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from record.codes.serials import ALPHABET, InvalidSerial, parse_serial
from record.digital_link import BadLink
from record.entry import read_entry
from record.models import Code
from record.pages.wording import sentence
from record.scans import devices
from record.scans.recording import UnknownCode, verdict_on
from record.scans.verdicts import UNKNOWN
from record.scans.visits import is_scan, record_visit
from record.timeline import batch_record

IDLE_SECONDS = 30
_NO_PACKAGE = _("That is not the code of one package. Hold the QR code of the package under the scanner.")


@require_safe
@cache_control(private=True, no_store=True)
def entry(request: HttpRequest) -> HttpResponse:
    """Wait for a code: from the scanner, the screen's own keys, or a keyboard."""
    text = request.GET.get("code", "").strip()
    if not text:
        return _entry(request)
    try:
        meant = read_entry(text)
        if not meant.serial:
            return _entry(request, problem=_NO_PACKAGE, status=400)
        response = HttpResponseRedirect(reverse("trace-kiosk-package", args=[meant.serial]))
        return record_visit(request, response, meant.serial) if is_scan(request) else response
    except (InvalidSerial, BadLink) as error:
        return _entry(request, code=text[:200], problem=sentence(error), status=400)
    except UnknownCode:
        return _unknown(request, text)


@require_safe
@cache_control(private=True, no_store=True)
def package(request: HttpRequest, text: str) -> HttpResponse:
    """Show the verdict, large. Looking is no scan."""
    try:
        serial = parse_serial(text)
    except InvalidSerial:
        return _unknown(request, text)
    related = ("product__region", "product__member", "batch__base")
    code = Code.objects.select_related(*related).filter(serial=serial).first()
    if code is None:
        return _unknown(request, serial)
    now = timezone.now()
    mark = devices.device_mark(token=devices.device_token(request), serial=serial)
    if code.batch:
        code.batch.product = code.product
    context = {
        "code": code,
        "verdict": verdict_on(code, device=mark, at=now),
        "product": code.product,
        "region": code.product.region,
        "batch": code.batch,
        "record": batch_record(code.batch) if code.batch else None,
        "now": now,
    }
    return render(request, "record/kiosk/package.html", _with_idle(context))


def _entry(
    request: HttpRequest, *, code: str = "", problem: Promise | None = None, status: int = 200
) -> HttpResponse:
    context = {"code": code, "problem": problem, "letters": ALPHABET, "waiting": problem is None}
    return render(request, "record/kiosk/entry.html", _with_idle(context), status=status)


def _unknown(request: HttpRequest, text: str) -> HttpResponse:
    context = {"verdict": UNKNOWN, "typed": text[:40]}
    return render(request, "record/kiosk/unknown.html", _with_idle(context), status=404)


def _with_idle(context: dict[str, Any]) -> dict[str, Any]:
    return context | {"idle": IDLE_SECONDS}
