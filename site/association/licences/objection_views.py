"""Objecting to a licence that is about to be given, and reading the answer under the receipt number."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from association.licences import guessing
from association.licences.objection_forms import ObjectionForm
from association.licences.public_lists import above, public_application
from brand.licences.applications.moving import AlreadyMoved
from brand.licences.publicity.objections import NotObjectable, object_to
from brand.models import LicenceApplication, Objection
from lib.guessing import Guesses

SENT = Guesses("association.objections", allowed=5, window=3600)  # one visitor does not bury an office


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def object_to_it(request: HttpRequest, number: str) -> HttpResponse:
    """Take an objection in and lead to its receipt."""
    application = public_application(number)
    if application.publicity_from is None:
        raise Http404  # never public: not even that the number exists is told
    now = timezone.now()
    if not _is_open(application):
        return _closed(request, application)
    mark = SENT.mark(request.META.get("REMOTE_ADDR", ""), at=now)
    # whoever may send nothing has no pictures read either: that is what would wear the server out
    files = None if SENT.used_up(mark) else request.FILES
    form = ObjectionForm(request.POST or None, files or None)
    if request.method == "POST" and form.is_valid():
        if SENT.used_up(mark):
            form.add_error(None, _("You have sent several already. Wait an hour, or ring the association."))
            return _form(request, application, form, status=429)
        try:
            said = {name: form.cleaned_data[name] for name in ("words", "name", "contact")}
            papers = form.cleaned_data["papers"]
            objection = object_to(application=application, at=now, files=papers, **said)
        except (NotObjectable, AlreadyMoved):
            return _closed(request, application)
        SENT.note(mark)
        messages.success(request, _("It is in. Keep the receipt number."))
        return redirect("association:objection_receipt", receipt=objection.receipt)
    return _form(request, application, form, status=400 if form.errors else 200)


@never_cache
@require_safe
def ask_receipt(request: HttpRequest) -> HttpResponse:
    """Ask for a receipt number; one that was typed goes to its own address."""
    typed = "".join(request.GET.get("receipt", "").split()).upper()[:16]
    if typed:
        return redirect("association:objection_receipt", receipt=typed)
    return render(request, "association/licences/receipts.html", _receipt_context())


@never_cache
@require_safe
def receipt(request: HttpRequest, receipt: str) -> HttpResponse:
    """Show what became of an objection. Too many unknown numbers: 429, like the licence check."""
    now = timezone.localtime()
    visitor = guessing.visitor_mark(request.META.get("REMOTE_ADDR", ""), at=now)
    if guessing.guesses_too_often(visitor):
        context = {"title": _("Too many numbers that do not exist"), "minutes": guessing.WINDOW // 60}
        return render(request, "association/licences/wait.html", context, status=429)
    held = Objection.objects.select_related("application__member", "application__region__site")
    objection = held.filter(receipt=receipt.upper()).first()
    if objection is None:
        guessing.note_miss(visitor)
        return render(
            request, "association/licences/receipts.html", _receipt_context(unknown=receipt), status=404
        )
    context = {
        "title": _("Objection %(receipt)s") % {"receipt": objection.receipt},
        "trail": [*above(), (_("About to be licensed"), reverse("association:publicity")), (receipt, "")],
        "region": objection.application.region,
        "objection": objection,
    }
    return render(request, "association/licences/receipt.html", context)


def _is_open(application: LicenceApplication) -> bool:
    last = application.publicity_to
    is_public = application.state == LicenceApplication.State.PUBLICITY
    return is_public and last is not None and timezone.localdate() <= last


def _closed(request: HttpRequest, application: LicenceApplication) -> HttpResponse:
    context = {"title": _("The days for objections are over"), "region": application.region}
    return render(request, "association/licences/closed.html", context, status=410)


def _form(
    request: HttpRequest, application: LicenceApplication, form: ObjectionForm, *, status: int
) -> HttpResponse:
    here = reverse("association:published", args=[application.number])
    context = {
        "title": _("Something speaks against it"),
        "trail": [
            *above(),
            (_("About to be licensed"), reverse("association:publicity")),
            (application.number or "", here),
            (_("Object"), ""),
        ],
        "region": application.region,
        "application": application,
        "form": form,
    }
    return render(request, "association/licences/object.html", context, status=status)


def _receipt_context(*, unknown: str = "") -> dict[str, object]:
    return {
        "title": _("What became of my objection"),
        "trail": [*above(), (_("What became of my objection"), "")],
        "unknown": unknown,
    }
