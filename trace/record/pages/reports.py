"""Reporting a problem with a package or a batch, and the receipt under which the answer is read."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from lib.guessing import Guesses
from record.codes.serials import InvalidSerial, parse_serial, tidied
from record.models import Batch, Code, ConsumerReport
from record.pages.answers import no_such_code
from record.reports.forms import ReceiptForm, ReportForm
from record.reports.receive import About, ReportRefused, receive_report

_SENT = Guesses("record.report", allowed=6, window=3600)
_RECEIPTS = Guesses("record.receipt", allowed=12, window=600)
_RELATED = ("product__region", "product__member")
private = cache_control(private=True, no_store=True)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def report_code(request: HttpRequest, text: str) -> HttpResponse:
    """`/trace/<serial>/report/`: also for a serial we never issued, which is worth knowing."""
    try:
        serial = parse_serial(text)
    except InvalidSerial:
        return no_such_code(request, text)
    code = Code.objects.select_related(*_RELATED, "batch").filter(serial=serial).first()
    if code:
        return _report(request, About.code(code))
    if not request.region:  # type: ignore[attr-defined]
        return no_such_code(request, serial)
    return _report(request, About(request.region, serial))  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@private
def report_batch(request: HttpRequest, gtin: str, lot: str) -> HttpResponse:
    """`/trace/batches/<gtin14>/<lot>/report/`."""
    batch = get_object_or_404(Batch.objects.select_related(*_RELATED).named(gtin=gtin, lot=lot))
    return _report(request, About.of_batch(batch))


@require_safe
@private
def receipts(request: HttpRequest) -> HttpResponse:
    """`/trace/reports/`: ask for a receipt number; one that was typed goes to its own address."""
    form = ReceiptForm(request.GET or None)
    if form.is_bound and form.is_valid():
        number = tidied(form.cleaned_data["number"]) or "-"
        return HttpResponseRedirect(reverse("trace-report", args=[number]))
    return render(request, "record/reports/find.html", {"form": form})


@require_safe
@private
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """`/trace/reports/<number>/`: how the report is handled. Guessing is slowed down and told nothing."""
    visitor = _visitor(_RECEIPTS, request)
    if _RECEIPTS.used_up(visitor):
        return _wait(request, _RECEIPTS, _("Too many numbers that do not exist"))
    reports = ConsumerReport.objects.select_related("region", "product", "batch")
    found = reports.filter(number=tidied(number)).first()
    if found is None:
        _RECEIPTS.note(visitor)
        context = {"form": ReceiptForm({"number": number[:24]}), "unknown": True}
        return render(request, "record/reports/find.html", context, status=404)
    context = {
        "region": found.region,
        "report": found,
        "steps": found.steps.all(),
        "photos": found.photos.count(),
        "product": found.product,
    }
    return render(request, "record/reports/receipt.html", context)


def _report(request: HttpRequest, about: About) -> HttpResponse:
    if request.method != "POST":
        return _form(request, about, ReportForm())
    visitor = _visitor(_SENT, request)
    if _SENT.used_up(visitor):  # before the photos are decoded
        return _wait(request, _SENT, _("That was many reports within an hour"))
    form = ReportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, about, form, status=400)
    facts = {name: form.cleaned_data[name] for name in ("kind", "text", "contact")}
    photos = [picture.content for picture in form.cleaned_data["photos"]]
    try:
        report = receive_report(about=about, photos=photos, at=timezone.now(), **facts)
    except ReportRefused:
        form.add_error(None, _("This package was reported many times today. We are looking into it."))
        return _form(request, about, form, status=400)
    _SENT.note(visitor)
    return HttpResponseRedirect(reverse("trace-report", args=[report.number]))


def _form(request: HttpRequest, about: About, form: ReportForm, *, status: int = 200) -> HttpResponse:
    context = {
        "region": about.region,
        "form": form,
        "about": about,
        "product": about.product,
        "batch": about.batch,
    }
    return render(request, "record/reports/form.html", context, status=status)


def _wait(request: HttpRequest, guesses: Guesses, title: str) -> HttpResponse:
    context: dict[str, Any] = {"title": title, "minutes": guesses.window // 60}
    response = render(request, "record/reports/wait.html", context, status=429)
    response.headers["Retry-After"] = str(guesses.window)
    return response


def _visitor(guesses: Guesses, request: HttpRequest) -> str:
    return guesses.mark(request.META.get("REMOTE_ADDR", ""), at=timezone.localtime())
