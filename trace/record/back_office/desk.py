"""The desk of a batch: issue and activate codes, download labels. Each act is one domain call."""

from collections.abc import Callable
from functools import wraps
from tempfile import TemporaryFile
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Min, Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages as wagtail_messages

from accounts.models import User
from lib.by_post import by_post
from record.back_office.forms import ActivateForm, IssueForm
from record.codes.activation import activate_codes, reasons_against_activation
from record.codes.licensing import cover_now, reasons_against_product
from record.codes.printing import FORMATS, write_labels
from record.codes.refusals import CodesRefused
from record.codes.runs import make_run
from record.labels import DEFAULT_PRESET, PRESETS, FontMissing, NoLabels
from record.models import Batch, Code, CodeAct, PrintRun

_SHOWN_RUNS = 20
View = Callable[..., HttpResponseBase]


def allowed(permission: str) -> Callable[[View], View]:
    """Let only those in who have the permission, and give the view the batch."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponseBase:
            if not request.user.has_perm(permission):
                raise PermissionDenied
            batches = Batch.objects.select_related("product__region", "product__member", "base")
            return view(request, get_object_or_404(batches, pk=pk), **kwargs)

        return wrapped

    return decorate


@allowed("record.view_code")
def desk(request: HttpRequest, batch: Batch) -> HttpResponse:
    """Show what can be done with the codes of a batch, and what stands in the way."""
    return _desk(request, batch)


@by_post("record-batches:desk")
@allowed("record.add_code")
def issue(request: HttpRequest, batch: Batch) -> HttpResponse:
    """Issue codes for the batch."""
    form = IssueForm(request.POST)
    if not form.is_valid():
        return _desk(request, batch, issue=form)
    by = cast("User", request.user)
    try:
        run = make_run(product=batch.product, batch=batch, at=timezone.now(), by=by, **form.cleaned_data)
    except CodesRefused as error:
        return _refused(request, batch, error, issue=form)
    done = ngettext("%(count)d code issued.", "%(count)d codes issued.", run.quantity)
    button = wagtail_messages.button(reverse("record-runs:desk", args=[run.pk]), _("Print the labels"))
    wagtail_messages.success(request, done % {"count": run.quantity}, buttons=[button])
    return HttpResponseRedirect(_url(batch))


@by_post("record-batches:desk")
@allowed("record.change_code")
def activate(request: HttpRequest, batch: Batch) -> HttpResponse:
    """Activate the codes of the batch, all or those named."""
    form = ActivateForm(request.POST)
    if not form.is_valid():
        return _desk(request, batch, activate=form)
    try:
        serials = form.cleaned_data["serials"] or None
        by = cast("User", request.user)
        count = activate_codes(batch=batch, at=timezone.now(), serials=serials, by=by)
    except CodesRefused as error:
        return _refused(request, batch, error, activate=form)
    done = ngettext("%(count)d code activated.", "%(count)d codes activated.", count)
    return _done(request, batch, done % {"count": count})


@allowed("record.view_code")
def labels(request: HttpRequest, batch: Batch, kind: str) -> HttpResponseBase:
    """Download the labels of codes issued without a run; those of a run are printed on its own page.

    The file is written to disk, so memory stays that of one sheet.
    """
    preset = request.GET.get("preset", DEFAULT_PRESET)
    if kind not in FORMATS or preset not in PRESETS:
        raise Http404
    if reasons := list(reasons_against_product(batch.product, at=timezone.now())):
        messages.error(request, " ".join(reasons))
        return HttpResponseRedirect(_url(batch))
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    try:
        codes = Code.objects.filter(batch=batch, run=None)
        if not codes.exists():
            raise NoLabels
        write_labels(codes, product=batch.product, kind=kind, preset=preset, out=file)
    except NoLabels:
        messages.error(request, _no_labels(batch))
        return HttpResponseRedirect(_url(batch))
    except FontMissing:
        messages.error(request, _("The fonts for labels are not installed on the server."))
        return HttpResponseRedirect(_url(batch))
    file.seek(0)
    name = f"{batch.product.gtin or batch.product.slug}-{batch.lot}.{kind}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=FORMATS[kind].media_type)


def _no_labels(batch: Batch) -> str:
    if batch.print_runs.exists():
        return _("The labels of this batch are printed on the page of each print run.")
    return _("This batch has no codes yet. Issue them first.")


def _desk(request: HttpRequest, batch: Batch, **forms: forms.Form) -> HttpResponse:
    counts = batch.codes.values("state").annotate(count=Count("pk")).order_by("state")
    against = list(reasons_against_activation(batch, at=timezone.now()))
    context = {
        "batch": batch,
        "next": _next({row["state"] for row in counts}, is_held=bool(against)),
        "counts": [(Code.State(row["state"]).label, row["count"]) for row in counts],
        "against": against,
        "cover": cover_now(batch.product, at=timezone.now()),
        "presets": PRESETS.values(),
        "runs": _runs(batch),
        "loose": batch.codes.filter(run=None).exists(),
        "issue": forms.get("issue") or IssueForm(),
        "activate": forms.get("activate") or ActivateForm(),
        "breadcrumbs_items": [
            {"url": reverse("record-batches:index"), "label": gettext_lazy("Batches")},
            {"url": reverse("record-batches:edit", args=[batch.pk]), "label": batch.lot},
            {"url": "", "label": gettext_lazy("Codes, labels, recall")},
        ],
        "header_title": gettext_lazy("Codes, labels, recall"),
        "page_title": gettext_lazy("Codes, labels, recall"),
        "page_subtitle": f"{batch.product} {batch.lot}",
        "header_icon": "tag",
    }
    status = 400 if any(form.errors for form in forms.values()) else 200
    return render(request, "record/admin/desk.html", context, status=status)


def _next(states: set[str], *, is_held: bool) -> str:
    """Return what is to be done now with codes in these states: `issue`, `papers`, `activate` or "".

    `is_held` says that papers are missing, or forbid to activate.
    """
    waiting = states & {Code.State.ISSUED, Code.State.PRINTED, Code.State.BOUND}
    if not states:
        return "papers" if is_held else "issue"
    if not waiting:
        return ""
    return "papers" if is_held else "activate"


def _runs(batch: Batch) -> QuerySet[PrintRun]:
    """Return the runs that were made for the batch or partly bound to it."""
    runs = PrintRun.objects.filter(Q(batch=batch) | Q(pk__in=_bound_runs(batch)))
    return runs.annotate(printed=Min("printings__at")).order_by("-pk")[:_SHOWN_RUNS]


def _bound_runs(batch: Batch) -> QuerySet[CodeAct, int]:
    acts = CodeAct.objects.filter(batch=batch, kind=CodeAct.Kind.BIND)
    return acts.exclude(run=None).values_list("run", flat=True)


def _refused(request: HttpRequest, batch: Batch, error: CodesRefused, **forms: forms.Form) -> HttpResponse:
    for form in forms.values():
        for reason in error.reasons:
            form.add_error(None, str(reason))
    messages.error(request, str(error))  # on top as well: the form may be far below
    return _desk(request, batch, **forms)


def _done(request: HttpRequest, batch: Batch, message: str) -> HttpResponse:
    messages.success(request, message)
    return HttpResponseRedirect(_url(batch))


def _url(batch: Batch) -> str:
    return reverse("record-batches:desk", args=[batch.pk])
