"""The licence check: a form, and what a licence says today."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from association.licences import guessing
from association.licences.facts import printed_facts
from association.licences.history import history_of
from association.licences.numbers import canonical_number
from association.licences.queries import UnknownLicence, check_licence
from brand.licences.papers.words import check_word, printed_words
from cms.navigation import in_language


@require_safe
def form(request: HttpRequest) -> HttpResponse:
    """Ask for a number; one that was typed goes to its own address."""
    number = canonical_number(request.GET.get("number", ""))
    if number:
        return redirect("association:licence", number=number)
    context = {
        "title": _("Check a licence"),
        "description": _("Type the number printed on the door plate, the package or the certificate."),
        "trail": [_brand(), (_("Check a licence"), "")],
        "empty": "number" in request.GET,
    }
    return render(request, "association/licences/form.html", context)


@require_safe
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """Show what a licence says today; an unknown number is 404 and tells nothing, too many of them 429."""
    now = timezone.localtime()
    visitor = guessing.visitor_mark(request.META.get("REMOTE_ADDR", ""), at=now)
    if guessing.guesses_too_often(visitor):
        return _wait(request)
    try:
        checked = check_licence(number, on=now.date())
    except UnknownLicence:
        guessing.note_miss(visitor)
        return _unknown(request, number)
    licence = checked.licence
    if licence.number != number:
        return redirect("association:licence", number=licence.number)
    context = {
        "title": f"{licence.number} {checked.verdict.headline}",
        "region": licence.region,
        "licence": licence,
        "verdict": checked.verdict,
        "words": (words := printed_words(licence)),
        "printed": printed_facts(words),
        "check_word": check_word(words),
        "history": history_of(licence),
        "checked_at": now,
    }
    return render(request, "association/licences/licence.html", context)


def _unknown(request: HttpRequest, number: str) -> HttpResponse:
    context = {"title": _("We never gave out this number"), "number": canonical_number(number)}
    return render(request, "association/licences/unknown.html", context, status=404)


def _wait(request: HttpRequest) -> HttpResponse:
    context = {"title": _("Too many numbers that do not exist"), "minutes": guessing.WINDOW // 60}
    response = render(request, "association/licences/wait.html", context, status=429)
    response.headers["Retry-After"] = str(guessing.WINDOW)
    add_never_cache_headers(response)
    return response


def _brand() -> tuple[str, str]:
    return _("The brand"), in_language("/brand/")
