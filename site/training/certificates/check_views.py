"""The public check of a certificate: a form, what it says today, and whether a name is the one on it.

The page shows the family name only. Who holds a paper in hand types the name on it and learns whether it
matches; neither question nor answer is kept. A number cannot be counted up, and guessing is slowed down.
"""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lib.guessing import Guesses
from lib.names import masked_name
from training.certificates.certificate import Certificate
from training.certificates.numbers import canonical_number, is_misread
from training.certificates.words import check_word, length
from training.courses.kinds import Kind

NUMBERS = Guesses("training.certificates", allowed=12, window=600)
NAMES = Guesses("training.certificates.names", allowed=6, window=600)
LONGEST_NAME = 40


@never_cache
@require_safe
def form(request: HttpRequest) -> HttpResponse:
    """`/training/certificates/`: ask for a number; one that was typed goes to its own address."""
    number = canonical_number(request.GET.get("number", "")[:200])
    if number:
        return redirect("training:certificate", number=number)
    context = {"title": _("Check a certificate"), "empty": "number" in request.GET}
    return render(request, "training/certificates/form.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """`/training/certificates/<number>/`: what it says; a POST asks whether `name` is the one on it."""
    mark = NUMBERS.mark(request.META.get("REMOTE_ADDR", ""), at=timezone.localtime())
    if NUMBERS.used_up(mark):
        return _wait(request, NUMBERS)
    written = canonical_number(number)
    certificate = Certificate.objects.select_related("region", "replaced_by").filter(number=written).first()
    if certificate is None:
        if not is_misread(written):  # a slip of the finger is no guess
            NUMBERS.note(mark)
        return _unknown(request, written)
    if certificate.number != number:
        return redirect("training:certificate", number=certificate.number)
    asked: dict[str, Any] = {}
    if request.method == "POST":
        if NAMES.used_up(f"{mark}.{certificate.pk}"):
            return _wait(request, NAMES)
        asked = _asked_name(request, certificate, mark=f"{mark}.{certificate.pk}")
    return render(request, "training/certificates/certificate.html", {**_facts(certificate), **asked})


def _asked_name(request: HttpRequest, certificate: Certificate, *, mark: str) -> dict[str, Any]:
    typed = request.POST.get("name", "").strip()[:LONGEST_NAME]
    matches = bool(typed) and _bare(typed) == _bare(certificate.words["name"])
    if typed and not matches:
        NAMES.note(mark)
    return {"asked": True, "typed": typed, "matches": matches}


def _bare(name: str) -> str:
    """Return a name without what is written or left out at will: blanks, the dot of transcribed names."""
    return "".join(sign for sign in name.casefold() if sign.isalnum())


def _facts(certificate: Certificate) -> dict[str, Any]:
    words = certificate.words
    return {
        "title": certificate.number,
        "region": certificate.region,
        "certificate": certificate,
        "words": words,
        "holder": masked_name(words["name"]),
        "kind": Kind(words["kind"]).label if words["kind"] in Kind.values else "",
        "length": length(words),
        "learnt_on": date.fromisoformat(words["learnt_on"]),
        "check_word": check_word(certificate.number, words) if words["name"] else "",
        "checked_at": timezone.localtime(),
    }


def _unknown(request: HttpRequest, number: str) -> HttpResponse:
    context = {
        "title": _("We never issued this certificate"),
        "number": number,
        "misread": is_misread(number),
    }
    return render(request, "training/certificates/unknown.html", context, status=404)


def _wait(request: HttpRequest, guesses: Guesses) -> HttpResponse:
    context = {"title": _("Too many tries from your network"), "minutes": guesses.window // 60}
    response = render(request, "training/certificates/wait.html", context, status=429)
    response.headers["Retry-After"] = str(guesses.window)
    return response
