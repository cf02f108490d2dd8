"""The page of one run on the desk: its labels, its batch, bringing it into use."""

from collections.abc import Callable
from tempfile import TemporaryFile
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from association.codes.forms import BindForm
from association.codes.queries import runs_of, state_counts
from association.desk.gate import MemberRequest, member_page
from association.desk.pages import desk_page
from record.back_office.code_forms import PrintForm, ReprintForm
from record.codes.activation import activate_selection
from record.codes.binding import bind_codes
from record.codes.licensing import reasons_against_product
from record.codes.printing import FORMATS
from record.codes.refusals import CodesRefused
from record.codes.run_printing import print_run
from record.codes.selections import of_run
from record.labels import DEFAULT_PRESET, FontMissing, NoLabels
from record.models import Code, PrintRun

State = Code.State


@require_safe
@member_page
def run_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a run: how many of its codes are where, and what comes next."""
    return _page(request, _run(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@member_page
def run_act(request: MemberRequest, pk: int, act: str) -> HttpResponseBase:
    """Print, bind or activate; a GET, as after signing in again, leads back to the run."""
    run = _run(request, pk)
    if act not in ACTS:
        raise Http404
    if request.method != "POST":
        return redirect("desk:code_run", pk=run.pk)
    form = _forms(run, request.POST)[act]
    if not form.is_valid():
        return _page(request, run, {act: form}, status=400)
    try:
        done = ACTS[act](request, run, form)
    except (CodesRefused, NoLabels, FontMissing) as error:
        for reason in _reasons(error):
            form.add_error(None, reason)
        return _page(request, run, {act: form}, status=409)
    if isinstance(done, HttpResponseBase):
        return done
    messages.success(request, done)
    return redirect("desk:code_run", pk=run.pk)


def _reasons(error: Exception) -> list[str]:
    if isinstance(error, CodesRefused):
        return [str(reason) for reason in error.reasons]
    if isinstance(error, NoLabels):
        return [_("There is nothing to print.")]
    return [_("The fonts for labels are not installed on the server.")]


def _print(request: MemberRequest, run: PrintRun, form: forms.Form) -> HttpResponseBase:
    kind, preset = form.cleaned_data["kind"], form.cleaned_data["preset"] or DEFAULT_PRESET
    again: dict[str, Any] = {}
    if isinstance(form, ReprintForm):
        again = {"only": form.selection(of_run(run)), "reason": form.cleaned_data["reason"]}
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    made = print_run(run=run, kind=kind, preset=preset, out=file, at=timezone.now(), by=request.user, **again)
    file.seek(0)
    name, media = f"{made}.{kind}", FORMATS[kind].media_type
    response = FileResponse(file, as_attachment=True, filename=name, content_type=media)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _bind(request: MemberRequest, run: PrintRun, form: forms.Form) -> str:
    batch = form.cleaned_data["batch"]
    count = bind_codes(batch=batch, codes=of_run(run), at=timezone.now(), by=request.user)
    done = ngettext("%(count)d code bound to %(lot)s.", "%(count)d codes bound to %(lot)s.", count)
    return done % {"count": count, "lot": batch.lot}


def _activate(request: MemberRequest, run: PrintRun, form: forms.Form) -> str:
    count = activate_selection(codes=of_run(run), at=timezone.now(), by=request.user)
    return ngettext("%(count)d code activated.", "%(count)d codes activated.", count) % {"count": count}


ACTS: dict[str, Callable[[MemberRequest, PrintRun, Any], HttpResponseBase | str]] = {
    "print": _print,
    "bind": _bind,
    "activate": _activate,
}


def _run(request: MemberRequest, pk: int) -> PrintRun:
    return get_object_or_404(runs_of(request.member), pk=pk)


def _forms(run: PrintRun, data: Any = None) -> dict[str, forms.Form]:
    print_form = ReprintForm if run.printings.exists() else PrintForm
    return {
        "print": print_form(data, run=run),
        "bind": BindForm(data, run=run),
        "activate": forms.Form(data),
    }


def _page(
    request: MemberRequest, run: PrintRun, failed: dict[str, forms.Form] | None = None, *, status: int = 200
) -> HttpResponse:
    counts = state_counts(run)
    waiting = counts.get(State.ISSUED, 0) + counts.get(State.PRINTED, 0)
    context = {
        "run": run,
        "counts": [(State(state).label, count) for state, count in sorted(counts.items())],
        "printings": list(run.printings.all()),
        "can": {"bind": bool(waiting), "activate": bool(counts.get(State.BOUND))},
        "held": list(reasons_against_product(run.product, at=timezone.now())),
        "living": sum(count for state, count in counts.items() if state != State.VOIDED),
        **{f"{act}_form": form for act, form in {**_forms(run), **(failed or {})}.items()},
        "failed": [*(failed or {})],
    }
    above = ((_("Codes"), reverse("desk:codes")),)
    title = _("Run %(number)s") % {"number": run.number}
    return desk_page(request, "association/codes/run.html", context, title=title, above=above, status=status)
