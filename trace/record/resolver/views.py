"""The resolver's views: `/01/…`, `/t/…` and the description of the resolver."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from record.codes.serials import InvalidSerial, parse_serial
from record.digital_link import BadLink, DigitalLink, parse_path
from record.pages.answers import no_such_code, refused_link
from record.resolver.links import LINK_TYPES, VOCABULARY, link_type, record_page, with_query
from record.resolver.linkset import CONTEXT, MEDIA_TYPE, link_header, linkset
from record.resolver.targets import NoSuchPackage, NothingThere, Target, find
from record.scans.recording import UnknownCode
from record.scans.visits import is_scan, record_visit

METHODS = "GET, HEAD, OPTIONS"
_WHOLE_SET = {"linkset", "all"}
_DEFAULT = {"", "defaultLink"}
View = Callable[..., HttpResponse]


def open_to_all(view: View) -> View:
    """Answer OPTIONS, refuse other methods, and let scripts of every origin read the answer (CORS)."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
            response["Access-Control-Allow-Headers"] = "Accept, Accept-Language"
            response["Access-Control-Max-Age"] = "86400"
        elif request.method in {"GET", "HEAD"}:
            response = view(request, *args, **kwargs)
        else:
            response = HttpResponse(status=405)
        response["Allow"] = response["Access-Control-Allow-Methods"] = METHODS
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "Link, Location"
        return response

    return wrapped


@open_to_all
def digital_link(request: HttpRequest, path: str) -> HttpResponse:
    """Answer a GS1 Digital Link: a redirect to one of its pages, or the set of its links."""
    wanted = link_type(request.GET.get("linkType", "")) if request.GET else ""
    whole = wanted in _WHOLE_SET or (not wanted and MEDIA_TYPE in request.META.get("HTTP_ACCEPT", ""))
    try:
        link = parse_path(f"/01/{path}")
        if link.serial and wanted in _DEFAULT and not whole and is_scan(request):
            return _scanned(request, link)
        target = find(link)
    except BadLink as error:
        return refused_link(request, error, language=_spoken(request))
    except (NoSuchPackage, UnknownCode, InvalidSerial):
        return no_such_code(request, link.serial)
    except NothingThere:
        return refused_link(request, None, language=_spoken(request))
    return _linkset(target) if whole else _redirect(request, target, wanted)


@open_to_all
def short_link(request: HttpRequest, text: str) -> HttpResponse:
    """Answer the link of a package whose product has no GTIN, or of one that was typed."""
    try:
        serial = parse_serial(text)
        response = _moved(request, reverse("trace-package", args=[serial]))
        return record_visit(request, response, serial) if is_scan(request) else response
    except (InvalidSerial, UnknownCode):
        return no_such_code(request, text)


@open_to_all
def description(request: HttpRequest) -> HttpResponse:
    """Describe the resolver (`/.well-known/gs1resolver`)."""
    return JsonResponse(
        {
            "name": settings.WAGTAIL_SITE_NAME,
            "resolverRoot": settings.PUBLIC_BASE_URL,
            "supportedPrimaryKeys": ["01"],
            "supportedLinkType": [{"namespace": VOCABULARY, "prefix": "gs1:"}],
            "linkTypeDefaultCanBeLinkset": True,
        }
    )


def _scanned(request: HttpRequest, link: DigitalLink) -> HttpResponse:
    """Record the scan and lead to the record: what nearly every request is, so it asks nothing else."""
    target = Target(link.gtin, "", serial=parse_serial(link.serial))
    response = _moved(request, record_page(target))
    response["Link"] = link_header(target)
    return record_visit(request, response, target.serial, gtin=link.gtin)


def _redirect(request: HttpRequest, target: Target, wanted: str) -> HttpResponse:
    kind = LINK_TYPES.get("traceability" if wanted in _DEFAULT else wanted)
    page = kind.page(target) if kind else None
    if page is None:
        return refused_link(request, None, language=_spoken(request))
    response = _moved(request, page)
    response["Link"] = link_header(target)
    return response


def _moved(request: HttpRequest, path: str) -> HttpResponse:
    response = HttpResponseRedirect(with_query(path, request.GET), preserve_request=True)  # 307
    response["Cache-Control"] = "no-store"
    response["Vary"] = "Accept"
    return response


def _linkset(target: Target) -> HttpResponse:
    response = JsonResponse(
        linkset(target), content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False}
    )
    response["Link"] = CONTEXT
    response["Vary"] = "Accept"
    return response


def _spoken(request: HttpRequest) -> str:
    """Return the language for a page without an address of its own: what the browser prefers."""
    accepted = request.headers.get("Accept-Language", "").lower()
    first = accepted.split(",")[0].split(";")[0].strip()
    return "en" if first and not first.startswith("zh") else "zh-hans"
