"""One item at the member: what became of it, and what of it comes back."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from association.desk.gate import MemberRequest, member_page
from association.desk.pages import desk_page
from association.packaging.forms import ReportForm, ReturnForm
from association.packaging.queries import lines_of, returns_of
from brand.models import PackagingHolding, PackagingReturn
from brand.packaging.refusals import PackagingRefused
from brand.packaging.reporting import report_use
from brand.packaging.returning import announce_return, withdraw_return

A_PAGE = 20


@require_safe
@member_page
def item(request: MemberRequest, pk: int) -> HttpResponse:
    """Show what the member took, what became of it, and the forms to say so."""
    return _page(request, _holding(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@member_page
def report(request: MemberRequest, pk: int) -> HttpResponse:
    """Write down what was used and spoiled."""
    holding = _holding(request, pk)
    if request.method != "POST":
        return redirect("desk:packaging_item", pk=pk)
    form = ReportForm(request.POST, holding=holding)
    if not form.is_valid():
        return _page(request, holding, status=400, report=form)
    facts = form.cleaned_data
    try:
        report_use(
            member=request.member,
            item=holding.item,
            used=facts["used"] or 0,
            spoiled=facts["spoiled"] or 0,
            note=facts["note"],
            seen=facts["seen"],
            by=request.user,
            at=timezone.now(),
        )
    except PackagingRefused as refused:
        return _refused(request, pk, refused, report=form)
    messages.success(request, _("Entered. %(left)d are left.") % {"left": _holding(request, pk).remaining})
    return redirect("desk:packaging_item", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@member_page
def bring_back(request: MemberRequest, pk: int) -> HttpResponse:
    """Announce what will be brought back."""
    holding = _holding(request, pk)
    if request.method != "POST":
        return redirect("desk:packaging_item", pk=pk)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _page(request, holding, status=400, back=form)
    try:
        announce_return(
            member=request.member,
            item=holding.item,
            quantity=form.cleaned_data["quantity"] or 0,
            note=form.cleaned_data["note"],
            by=request.user,
            at=timezone.now(),
        )
    except PackagingRefused as refused:
        return _refused(request, pk, refused, back=form)
    messages.success(request, _("Announced. They count once the store has counted them."))
    return redirect("desk:packaging_item", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@member_page
def keep(request: MemberRequest, pk: int) -> HttpResponse:
    """Keep the goods after all."""
    back = get_object_or_404(PackagingReturn, pk=pk, member=request.member)
    if request.method == "POST":
        try:
            withdraw_return(back=back)
        except PackagingRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Withdrawn: you keep them."))
    return redirect("desk:packaging_item", pk=back.item_id)


def _holding(request: MemberRequest, pk: int) -> PackagingHolding:
    """Return what this member took of the item; what it never took is not there."""
    holdings = PackagingHolding.objects.select_related("item__region", "member")
    return get_object_or_404(holdings, item=pk, member=request.member)


def _refused(request: MemberRequest, pk: int, refused: PackagingRefused, **forms: Any) -> HttpResponse:
    """Show the form again with what was typed and why it was not taken; the figures are those of now."""
    holding = _holding(request, pk)
    for form in forms.values():
        for reason in refused.reasons:
            form.add_error(None, str(reason))
        if "seen" in form.fields:
            form.data = form.data.copy()
            form.data[form.add_prefix("seen")] = str(holding.remaining)
    return _page(request, holding, status=409, **forms)


def _page(
    request: MemberRequest, holding: PackagingHolding, *, status: int = 200, **forms: Any
) -> HttpResponse:
    lines = lines_of(request.member, holding.item_id)
    context = {
        "holding": holding,
        "report_form": forms.get("report") or ReportForm(holding=holding),
        "return_form": forms.get("back") or ReturnForm(),
        "returns": returns_of(request.member).filter(item=holding.item_id),
        "lines": Paginator(lines, A_PAGE).get_page(request.GET.get("page")),
    }
    above = ((_("Packaging"), reverse("desk:packaging")),)
    title = str(holding.item)
    return desk_page(
        request, "association/packaging/item.html", context, title=title, above=above, status=status
    )
