"""The pages of the daily digests: the list, and each file as it was published."""

import re
from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from record.models import ChainDigest

ON_A_PAGE = 60
_TAKES_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))")


@require_safe
@cache_control(public=True, max_age=0, must_revalidate=True)
def digests(request: HttpRequest) -> HttpResponse:
    """`/trace/digests/`: what the digests are for, and each of them."""
    pages = Paginator(ChainDigest.objects.defer("content"), ON_A_PAGE)
    return render(request, "record/digests.html", {"page": pages.get_page(request.GET.get("page"))})


def _etag(request: HttpRequest, day: str) -> str | None:
    found = ChainDigest.objects.filter(date=_date(day)).values_list("sha256", flat=True).first()
    return f'W/"{found}"' if found else None  # weak: the same file is sent plain and compressed


@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
@condition(etag_func=_etag)
def digest(request: HttpRequest, day: str) -> HttpResponse:
    """`/trace/digests/<yyyy-mm-dd>.json`: the file, byte for byte as it was published."""
    found = get_object_or_404(ChainDigest, date=_date(day))
    zipped = bool(_TAKES_GZIP.search(request.headers.get("Accept-Encoding", "").lower()))
    response = HttpResponse(
        bytes(found.content) if zipped else found.text, content_type="application/json; charset=utf-8"
    )
    if zipped:
        response["Content-Encoding"] = "gzip"
    response["Access-Control-Allow-Origin"] = "*"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
