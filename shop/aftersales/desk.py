"""Claims on the seller's desk: what waits, one claim with its photos, the answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from record.codes.refusals import CodesRefused
from shop.aftersales.answering import NoReason, agree, refuse
from shop.aftersales.files import photo_answer
from shop.aftersales.forms import AgreeForm, CameBackForm, WordsForm
from shop.aftersales.models import Claim, ClaimPhoto
from shop.aftersales.sending_back import came_back, dispute_return
from shop.aftersales.states import CLOSED, NotYourTurn
from shop.aftersales.story import now_said, steps
from shop.desk.gate import SellerRequest, seller_page
from shop.desk.pages import desk_page
from shop.desk.parts import Due, Part, Row
from shop.desk.scope import Scope
from shop.payments.refunding import NotRefundable
from shop.stock.refusals import NothingWentOut
from shop.stock.reserving import SoldOut

State = Claim.State
SHOWN = 5
WAITING = (State.OPEN, State.BACK)
REFUSALS = (NoReason, NotYourTurn, NotRefundable, SoldOut, NothingWentOut, CodesRefused)
_RETURNS = {Claim.Kind.RETURN, Claim.Kind.EXCHANGE}


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing a seller can answer in a state."""

    state: str
    title: Promise
    button: Promise
    done: Promise
    form: Callable[..., forms.Form]
    do: Callable[[Claim, dict[str, Any], datetime, User], None]
    main: bool = False


def _agree(claim: Claim, facts: dict[str, Any], at: datetime, by: User) -> None:
    agree(
        claim=claim, at=at, by=by, return_to=facts.get("return_to", ""),
        freight=facts.get("freight") or Decimal(0), note=facts["note"],
    )  # fmt: skip


def _refuse(claim: Claim, facts: dict[str, Any], at: datetime, by: User) -> None:
    refuse(claim=claim, reason=facts["words"], at=at, by=by)


def _came_back(claim: Claim, facts: dict[str, Any], at: datetime, by: User) -> None:
    freight = facts.get("freight") or Decimal(0)
    came_back(claim=claim, good=facts["good"], freight=freight, note=facts["note"], at=at, by=by)


def _dispute(claim: Claim, facts: dict[str, Any], at: datetime, by: User) -> None:
    dispute_return(claim=claim, reason=facts["words"], at=at, by=by)


ANSWERS: dict[str, Answer] = {
    "agree": Answer(
        State.OPEN,
        gettext_lazy("Agree"),
        gettext_lazy("Agree"),
        gettext_lazy("Agreed. The buyer reads it now."),
        AgreeForm,
        _agree,
        main=True,
    ),
    "refuse": Answer(
        State.OPEN,
        gettext_lazy("Refuse"),
        gettext_lazy("Refuse"),
        gettext_lazy("Refused. The buyer may bring it before the office."),
        WordsForm,
        _refuse,
    ),
    "came-back": Answer(
        State.BACK,
        gettext_lazy("It came back"),
        gettext_lazy("Take it back"),
        gettext_lazy("Taken back. The rest goes on by itself."),
        CameBackForm,
        _came_back,
        main=True,
    ),
    "dispute": Answer(
        State.BACK,
        gettext_lazy("Not what was sent"),
        gettext_lazy("Bring it before the office"),
        gettext_lazy("The office decides."),
        WordsForm,
        _dispute,
    ),
}


def part(scope: Scope, at: datetime) -> Part | None:
    """Return the claims of the sellers looked at. One query."""
    rows = scope.narrow(Claim.objects.select_related("line"), "line__partner")
    waiting = list(rows.filter(state__in=WAITING).order_by("due_at", "pk"))
    return Part(
        title=_("Claims"),
        dues=[_due(claim, at) for claim in waiting],
        rows=[_row(claim) for claim in waiting[:SHOWN]],
        count=len(waiting),
        more_url=reverse("shop-desk:claims"),
        icon="alert",
        empty=_("No buyer asks for anything."),
    )


@require_safe
@seller_page
def claims(request: SellerRequest) -> HttpResponse:
    """List the claims, those that wait first."""
    rows = request.scope.narrow(Claim.objects.select_related("line__order"), "line__partner")
    open_ones = list(rows.exclude(state__in=CLOSED).order_by("due_at", "pk")[:100])
    closed = list(rows.filter(state__in=CLOSED).order_by("-closed_at")[:30])
    context = {"open_ones": open_ones, "closed": closed}
    return desk_page(request, "shop/claims/desk_list.html", context, title=_("Claims"))


@require_safe
@seller_page
def claim(request: SellerRequest, number: str) -> HttpResponse:
    """Show a claim with its photos and what can be answered."""
    return _page(request, _find(request, number))


@require_http_methods(["GET", "HEAD", "POST"])
@seller_page
def answer(request: SellerRequest, number: str, act: str) -> HttpResponse:
    """Answer a claim."""
    found = _find(request, number)
    back = HttpResponseRedirect(reverse("shop-desk:claim", args=[number]))
    if request.method != "POST":
        return back
    if act not in ANSWERS:
        raise Http404
    form = _form(act, found, request.POST)
    if not form.is_valid():
        return _page(request, found, act, form)
    try:
        ANSWERS[act].do(found, form.cleaned_data, timezone.now(), request.user)
    except REFUSALS as refused:
        found.refresh_from_db()
        form.add_error(None, str(refused))
        return _page(request, found, act, form)
    messages.success(request, str(ANSWERS[act].done))
    return back


@require_safe
@seller_page
def photo(request: SellerRequest, pk: int) -> FileResponse:
    """Show a photo to who sells the article."""
    found = get_object_or_404(ClaimPhoto.objects.select_related("claim__line__partner"), pk=pk)
    if not request.scope.sees(found.claim.line.partner):
        raise Http404
    return photo_answer(found)


def _due(claim: Claim, at: datetime) -> Due:
    facts = {"number": claim.number, "title": claim.line.title}
    text = (
        _("Answer %(number)s: %(title)s")
        if claim.state == State.OPEN
        else _("Take back %(number)s: %(title)s")
    )
    url = reverse("shop-desk:claim", args=[claim.number])
    return Due(text % facts, url, claim.due_at, urgent=bool(claim.due_at and claim.due_at < at))


def _row(claim: Claim) -> Row:
    return Row(
        claim.line.title,
        reverse("shop-desk:claim", args=[claim.number]),
        note=f"{claim.number} · {claim.get_kind_display()}",
        state=claim.get_state_display(),
        tone="warn",
    )


def _find(request: SellerRequest, number: str) -> Claim:
    rows = Claim.objects.select_related(
        "line__order", "line__partner__member", "code", "refund", "replacement"
    )
    found = get_object_or_404(rows, number=number)
    if not request.scope.sees(found.line.partner):
        raise Http404
    return found


def _form(act: str, claim: Claim, data: Any = None) -> forms.Form:
    options: dict[str, Any] = {"prefix": act}
    if act == "agree":
        options["goes_back"] = claim.kind in _RETURNS
        options["initial"] = {"return_to": _own_address(claim)}
    return ANSWERS[act].form(data, **options)


def _own_address(claim: Claim) -> str:
    member = claim.line.partner.member if claim.line.partner else None
    if member is None:
        return ""
    return " ".join(
        filter(None, [member.name, str(getattr(member, "phone", "")), str(getattr(member, "address", ""))])
    )


def _page(request: SellerRequest, found: Claim, failed: str = "", filled: Any = None) -> HttpResponse:
    answers = [
        {"name": name, "act": one, "form": filled if name == failed else _form(name, found),
         "open": name == failed or (one.main and not failed)}
        for name, one in ANSWERS.items()
        if one.state == found.state
    ]  # fmt: skip
    context = {
        "claim": found, "line": found.line, "order": found.line.order, "now_said": now_said(found),
        "steps": steps(found), "photos": found.photos.all(), "answers": answers, "desk": True,
    }  # fmt: skip
    above = ((_("Claims"), reverse("shop-desk:claims")),)
    title = _("Claim %(number)s") % {"number": found.number}
    return desk_page(
        request,
        "shop/claims/desk_claim.html",
        context,
        title=title,
        above=above,
        status=400 if failed else 200,
    )
