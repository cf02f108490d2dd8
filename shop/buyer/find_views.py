"""`/shop/orders/find/`: a guest finds an order again. Nothing is kept between the two forms."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from shop.buyer.finding import NotFound, ask_for_code, find_order


@never_cache
def find(request: HttpRequest) -> HttpResponse:
    """Ask for number and phone, and send a code to that phone."""
    typed = _typed(request)
    if request.method != "POST":
        return _page(request, {**typed, "number": request.GET.get("number", "")[:40]})
    if not typed["number"] or not typed["phone"]:
        return _page(request, typed, wrong=_("Both are needed: the number of the order and the phone."))
    try:
        ask_for_code(**_asked(typed), address=_address(request), at=timezone.now())
    except NotFound as error:
        return _page(request, typed, wrong=str(error))
    return _page(request, typed, step="code")


@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """Take the code and lead to the order."""
    typed = _typed(request)
    if request.method != "POST":
        return redirect("orders:find")
    try:
        found = find_order(**_asked(typed), typed=typed["code"], address=_address(request), at=timezone.now())
    except NotFound as error:
        return _page(request, typed, step="code", wrong=str(error))
    return redirect("orders:order", token=found.token)


def _page(request: HttpRequest, typed: dict[str, str], *, step: str = "", wrong: str = "") -> HttpResponse:
    context: dict[str, Any] = {"typed": typed, "step": step, "wrong": wrong, "title": _("Find my order")}
    return render(request, "shop/buyer/find.html", context, status=409 if wrong else 200)


def _typed(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "").strip()[:40] for name in ("number", "phone", "code")}


def _asked(typed: dict[str, str]) -> dict[str, str]:
    return {"number": typed["number"], "phone": typed["phone"]}


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
