"""Codes on the desk: what is left, drawing them, the batches they are for."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from association.codes.forms import DrawForm
from association.codes.queries import (
    Quota,
    batches_of,
    batches_to_code,
    code_counts,
    quotas_of,
    runs_of,
    suspended_of,
)
from association.desk.gate import MemberRequest, member_page
from association.desk.pages import desk_page
from record.codes.refusals import CodesRefused
from record.codes.runs import make_run

A_PAGE = 20


@require_safe
@member_page
def code_list(request: MemberRequest) -> HttpResponse:
    """Show what may still be drawn, and the runs made so far."""
    page = Paginator(runs_of(request.member), A_PAGE).get_page(request.GET.get("page"))
    quotas = quotas_of(request.member, on=timezone.localdate())
    context = {"quotas": quotas, "runs": page, "suspended": suspended_of(request.member)}
    return desk_page(request, "association/codes/list.html", context, title=_("Codes"))


@require_http_methods(["GET", "HEAD", "POST"])
@member_page
def draw(request: MemberRequest) -> HttpResponse:
    """Ask how many codes for what; posted, draw them under the licence. A refusal keeps what was typed."""
    quotas = quotas_of(request.member, on=timezone.localdate())
    batches = batches_to_code(quota.cover.product_id for quota in quotas)
    if request.method != "POST":
        initial = {"what": request.GET.get("what", "")}
        return _form(request, DrawForm(quotas=quotas, batches=batches, initial=initial), quotas)
    form = DrawForm(request.POST, quotas=quotas, batches=batches)
    if not form.is_valid():
        return _form(request, form, quotas, status=400)
    try:
        run = make_run(**form.asked(), by=request.user, at=timezone.now())
    except CodesRefused as error:
        for reason in error.reasons:
            form.add_error(None, str(reason))
        return _form(request, form, quotas_of(request.member, on=timezone.localdate()), status=409)
    done = ngettext("%(count)s code drawn.", "%(count)s codes drawn.", run.quantity)
    messages.success(request, done % {"count": f"{run.quantity:,}"})
    return redirect("desk:code_run", pk=run.pk)


@require_safe
@member_page
def batch_list(request: MemberRequest) -> HttpResponse:
    """Show the member's batches with their codes and the way to each public record."""
    page = Paginator(batches_of(request.member), A_PAGE).get_page(request.GET.get("page"))
    counts = code_counts(page.object_list)
    shown = [(batch, *counts.get(batch.pk, (0, 0))) for batch in page.object_list]
    return desk_page(
        request, "association/codes/batches.html", {"page": page, "batches": shown}, title=_("Batches")
    )


def _form(request: MemberRequest, form: DrawForm, quotas: list[Quota], *, status: int = 200) -> HttpResponse:
    above = ((_("Codes"), reverse("desk:codes")),)
    context = {"form": form, "quotas": quotas, "suspended": suspended_of(request.member)}
    title = _("Draw codes")
    return desk_page(request, "association/codes/draw.html", context, title=title, above=above, status=status)
