"""The buyer's pages of a claim."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from lib.phone import masked_phone
from shop.aftersales.answering import NoReason
from shop.aftersales.buying import ACTS, BuyerAct, open_acts
from shop.aftersales.files import photo_answer
from shop.aftersales.forms import ClaimForm
from shop.aftersales.making import NotClaimable, make_claim
from shop.aftersales.models import Claim, ClaimPhoto
from shop.aftersales.reading import packages_of
from shop.aftersales.states import NotYourTurn
from shop.aftersales.story import now_said, steps
from shop.aftersales.windows import Ways, ways_for
from shop.order.models import Line


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """Show what can be asked for of one line; with `?kind=` its form; take what was filled in."""
    rows = Line.objects.select_related("order__region", "product__parent", "partner")
    line = get_object_or_404(rows, pk=pk, order__token=token)
    now = timezone.now()
    ways = ways_for(line, at=now)
    way = ways.way(request.GET.get("kind", ""))
    if way is None:
        return render(request, "shop/claims/ways.html", _about(line, ways))
    packages = packages_of(line)
    serials = [package.serial for package in packages]
    initial = {"serial": request.GET.get("code", "")}
    form = ClaimForm(
        request.POST or None, request.FILES or None, line=line, way=way, left=ways.left,
        serials=serials, initial=initial,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            made = _make(request, line, form, now)
        except NotClaimable as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Sent. The seller reads it and answers here."))
            return HttpResponseRedirect(reverse("claims:claim", args=[token, made.number]))
    context = _about(line, ways) | {"way": way, "form": form, "packages": packages}
    return render(request, "shop/claims/ask.html", context, status=400 if form.errors else 200)


@never_cache
@require_safe
def claim(request: HttpRequest, token: str, number: str) -> HttpResponse:
    """Show a claim: where it stands, what was said, what can be done."""
    return _page(request, _find(token, number))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, token: str, number: str, act: str) -> HttpResponse:
    """Do what the buyer can do: send it back, object, let it go."""
    found = _find(token, number)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("claims:claim", args=[token, number]))
    if act not in ACTS:
        raise Http404
    chosen = ACTS[act]
    form = chosen.form(request.POST, prefix=act)
    if not form.is_valid():
        return _page(request, found, act, form)
    try:
        chosen.do(found, form.cleaned_data, timezone.now(), _person(request))
    except (NotYourTurn, NoReason) as refused:
        found.refresh_from_db()
        form.add_error(None, str(refused))
        return _page(request, found, act, form)
    messages.success(request, str(chosen.done))
    return HttpResponseRedirect(reverse("claims:claim", args=[token, number]))


@never_cache
@require_safe
def photo(request: HttpRequest, token: str, pk: int) -> FileResponse:
    """Show a photo of a claim to who has the token of its order."""
    return photo_answer(get_object_or_404(ClaimPhoto, pk=pk, claim__line__order__token=token))


def _make(request: HttpRequest, line: Line, form: ClaimForm, at: Any) -> Claim:
    photos = [picture.content for picture in form.cleaned_data["photos"]]
    return make_claim(line=line, asked=form.asked(), photos=photos, at=at, by=_person(request))


def _page(request: HttpRequest, found: Claim, failed: str = "", filled: Any = None) -> HttpResponse:
    order = found.line.order
    acts = [_offered(name, one, failed, filled) for name, one in open_acts(found)]
    context = {
        "claim": found,
        "order": order,
        "line": found.line,
        "region": order.region,
        "title": _("Claim %(number)s") % {"number": found.number},
        "now_said": now_said(found),
        "steps": steps(found),
        "photos": found.photos.all(),
        "acts": acts,
        "phone": masked_phone(order.phone) if order.phone else "",
    }
    return render(request, "shop/claims/claim.html", context, status=400 if failed else 200)


def _offered(name: str, one: BuyerAct, failed: str, filled: Any) -> dict[str, Any]:
    form = filled if name == failed else one.form(prefix=name)
    return {"name": name, "act": one, "form": form, "open": name == failed or one.first}


def _about(line: Line, ways: Ways) -> dict[str, Any]:
    return {
        "line": line,
        "order": line.order,
        "region": line.order.region,
        "ways": ways,
        "title": _("Something is not right"),
    }


def _find(token: str, number: str) -> Claim:
    rows = Claim.objects.select_related(
        "line__order__region", "line__partner__member", "code", "refund", "replacement"
    )
    return get_object_or_404(rows, number=number, line__order__token=token)


def _person(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None
