"""The letter box at /openness/letters/: writing, the receipt, reading the answer."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from brand.models import Region
from lib.guessing import Guesses
from openness.disclosures.models import DisclosurePage
from openness.disclosures.standing import Standing, standing_of
from openness.letters.figures import figures_of
from openness.letters.forms import LetterForm, ReceiptForm
from openness.letters.models import Letter, LetterKind
from openness.letters.receiving import ANSWERED_WITHIN, LetterRefused, receive_letter

SENT = Guesses("openness.letters", allowed=5, window=3600)  # one visitor does not bury an office
# forms with mistakes too: their files are read each time
TRIED = Guesses("openness.letters.tried", allowed=20, window=3600)
ASKED = Guesses("openness.receipts", allowed=12, window=600)


@never_cache
@require_safe
def box(request: HttpRequest) -> HttpResponse:
    """`/openness/letters/`: what can be written, the way to an answer, how letters were answered."""
    typed = ReceiptForm({"receipt": request.GET["receipt"]}) if request.GET.get("receipt") else None
    if typed and typed.is_valid():
        return redirect("openness:receipt", receipt=typed.cleaned_data["receipt"])
    region = _region(request)
    context = {
        "title": _("Letter box"),
        "trail": [_window(), (_("Letter box"), "")],
        "form": typed or ReceiptForm(),
        "figures": figures_of(region, on=timezone.localdate()),
        "days": ANSWERED_WITHIN,
    }
    return render(request, "openness/letters/box.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, about: int | None = None) -> HttpResponse:
    """`/openness/letters/write/`, or `/openness/letters/about/<page>/` for an opinion on a disclosure."""
    region, page = _region(request), _page(about)
    if page and standing_of(page, on=timezone.localdate()) != Standing.OPEN:
        return render(
            request,
            "openness/letters/closed.html",
            {"title": _("The days for opinions are over"), "page": page},
            status=410,
        )
    if request.method != "POST":
        return _form(request, LetterForm(opinion=bool(page), initial=_chosen(request)), page)
    mark = SENT.mark(request.META.get("REMOTE_ADDR", ""), at=timezone.localtime())
    # before any file is read: reading files is what would wear the server out
    if SENT.used_up(mark) or TRIED.used_up(mark):
        form = LetterForm(request.POST, opinion=bool(page))
        form.add_error(None, _("You have sent several already. Wait an hour, or ring the office."))
        return _form(request, form, page, status=429)
    TRIED.note(mark)
    form = LetterForm(request.POST, request.FILES, opinion=bool(page))
    if not form.is_valid():
        return _form(request, form, page, status=400)
    facts = {"kind": LetterKind.OPINION, **form.cleaned_data}
    facts["files"] = facts.pop("papers")
    try:
        letter = receive_letter(region=region, about=page, at=timezone.now(), **facts)
    except LetterRefused as error:
        form.add_error(None, str(error))
        return _form(request, form, page, status=400)
    SENT.note(mark)
    return redirect("openness:receipt", receipt=letter.receipt)


@never_cache
@require_safe
def receipt(request: HttpRequest, receipt: str) -> HttpResponse:
    """`/openness/letters/<receipt>/`: state and answer, not the words. Guessing is slowed down."""
    mark = ASKED.mark(request.META.get("REMOTE_ADDR", ""), at=timezone.localtime())
    if ASKED.used_up(mark):
        context: dict[str, Any] = {
            "title": _("Too many numbers that do not exist"),
            "minutes": ASKED.window // 60,
        }
        return render(request, "openness/letters/wait.html", context, status=429)
    letter = Letter.objects.select_related("about", "region").filter(receipt=receipt.upper()).first()
    if letter is None:
        ASKED.note(mark)
        form = ReceiptForm({"receipt": receipt})
        form.add_error("receipt", _("We gave out no such receipt. Compare it sign by sign."))
        context = {
            "title": _("Read the answer"),
            "trail": [_window(), _box(), (_("Read the answer"), "")],
            "form": form,
        }
        return render(request, "openness/letters/find.html", context, status=404)
    context = {
        "title": _("Letter %(receipt)s") % {"receipt": letter.receipt},
        "trail": [_window(), _box(), (letter.receipt, "")],
        "letter": letter,
        "overdue": letter.is_overdue(on=timezone.localdate()),
    }
    return render(request, "openness/letters/receipt.html", context)


def _region(request: HttpRequest) -> Region:
    region: Region | None = getattr(request, "region", None)
    if region is None:
        raise Http404
    return region


def _page(about: int | None) -> DisclosurePage | None:
    return get_object_or_404(DisclosurePage.objects.live().public(), pk=about) if about else None


def _chosen(request: HttpRequest) -> dict[str, str]:
    kind = request.GET.get("kind", "")
    return {"kind": kind} if kind in LetterKind.values else {}


def _window() -> tuple[str, str]:
    return _("Openness window"), reverse("openness:box").removesuffix("letters/")


def _box() -> tuple[str, str]:
    return _("Letter box"), reverse("openness:box")


def _form(
    request: HttpRequest, form: LetterForm, page: DisclosurePage | None, *, status: int = 200
) -> HttpResponse:
    title = _("Say what you think") if page else _("Write to us")
    context = {
        "title": title,
        "trail": [_window(), (page.title, page.get_url(request)) if page else _box(), (title, "")],
        "about": page,
        "form": form,
        "days": ANSWERED_WITHIN,
    }
    return render(request, "openness/letters/write.html", context, status=status)
