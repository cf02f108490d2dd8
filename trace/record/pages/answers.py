"""Answers when there is nothing to show: a code nobody issued, a link nobody can read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from record.codes.serials import InvalidSerial, parse_serial
from record.digital_link import BadLink
from record.pages.wording import sentence
from record.scans.verdicts import UNKNOWN


def no_such_code(request: HttpRequest, text: str, *, status: int = 404) -> HttpResponse:
    """Answer that we never issued this code, with the box to type it again."""
    problem: Promise | None = None
    try:
        parse_serial(text)
    except InvalidSerial as error:
        problem = sentence(error)
    context = {"verdict": UNKNOWN, "code": text[:40], "problem": problem}
    response = render(request, "record/unknown.html", context, status=status)
    add_never_cache_headers(response)
    return response


def refused_link(request: HttpRequest, error: BadLink | None, *, language: str) -> HttpResponse:
    """Answer a link that cannot be read (400) or leads nowhere (404, no `error`)."""
    problem = sentence(error) if error else _("We know no product or page behind this link.")
    with translation.override(language):
        response = render(request, "record/bad_link.html", {"problem": problem}, status=400 if error else 404)
    response["Content-Language"] = "zh" if language == "zh-hans" else language
    response["Vary"] = "Accept-Language"
    return response
