"""Asking for packaging, and the page of a request until it was picked up."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from association.desk.gate import MemberRequest, member_page
from association.desk.pages import desk_page
from association.packaging.forms import AskForm
from association.packaging.queries import Offer, offers_of
from brand.models import PackagingRequest
from brand.packaging.asking import ask_for_packaging, withdraw_request
from brand.packaging.papers import note_pdf
from brand.packaging.papers.downloads import download
from brand.packaging.refusals import PackagingRefused
from brand.packaging.trail import trail_of


@require_http_methods(["GET", "HEAD", "POST"])
@member_page
def ask(request: MemberRequest) -> HttpResponse:
    """Ask how many of what under which licence; posted, hand it in. A refusal keeps what was typed."""
    offers = offers_of(request.member, on=timezone.localdate())
    wanted = request.POST.get("licence") or request.GET.get("licence", "")
    offer = next((offer for offer in offers if offer.licence.number == wanted), offers[0] if offers else None)
    if request.method != "POST":
        return _form(request, AskForm(offer=offer) if offer else None, offers, offer)
    if offer is None or offer.licence.number != wanted:
        # suspended, revoked or ended since the form was shown
        messages.error(request, _("This licence gives no packaging any more. What was typed was not sent."))
        return redirect("desk:packaging")
    form = AskForm(request.POST, offer=offer)
    if not form.is_valid():
        return _form(request, form, offers, offer, status=400)
    try:
        made = ask_for_packaging(
            member=request.member,
            licence=offer.licence,
            quantities=form.quantities(),
            wish=form.cleaned_data["wish"],
            by=request.user,
            at=timezone.now(),
        )
    except PackagingRefused as refused:
        for reason in refused.reasons:
            form.add_error(None, str(reason))
        return _form(request, form, offers, offer, status=409)
    messages.success(
        request, _("Handed in as %(number)s. You are told when it is answered.") % {"number": made}
    )
    return redirect("desk:packaging_request", pk=made.pk)


@require_safe
@member_page
def request_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a request: its answer, until when it is kept, its note."""
    asked = _own(request, pk)
    context = {"asked": asked, "lines": asked.lines.select_related("item"), "steps": trail_of(asked)}
    title = _("Request %(number)s") % {"number": asked}
    above = ((_("Packaging"), reverse("desk:packaging")),)
    return desk_page(request, "association/packaging/request.html", context, title=title, above=above)


@require_http_methods(["GET", "HEAD", "POST"])
@member_page
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a request back."""
    asked = _own(request, pk)
    if request.method == "POST":
        try:
            withdraw_request(request=asked, by=request.user, at=timezone.now())
        except PackagingRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Withdrawn. What was set aside is free for others."))
    return redirect("desk:packaging_request", pk=asked.pk)


@require_safe
@member_page
def note(request: MemberRequest, pk: int) -> HttpResponse:
    """Download the receipt note of what was picked up."""
    asked = _own(request, pk, state=PackagingRequest.State.PICKED_UP)
    back = reverse("desk:packaging_request", args=[pk])
    return download(request, lambda: note_pdf(asked), name=f"{asked.note_number}.pdf", back=back)


def _own(request: MemberRequest, pk: int, **facts: Any) -> PackagingRequest:
    """Return a request of this member; another's is not there."""
    requests = PackagingRequest.objects.select_related("licence__region", "member")
    return get_object_or_404(requests, pk=pk, member=request.member, **facts)


def _form(
    request: MemberRequest,
    form: AskForm | None,
    offers: list[Offer],
    offer: Offer | None,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "offers": offers, "offer": offer}
    above = ((_("Packaging"), reverse("desk:packaging")),)
    title = _("Ask for packaging")
    return desk_page(
        request, "association/packaging/ask.html", context, title=title, above=above, status=status
    )
