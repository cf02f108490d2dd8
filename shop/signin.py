"""Oscar's own addresses of signing in, orders and operations lead to ours, with `next` kept."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache


def _to(name: str, request: HttpRequest) -> HttpResponseRedirect:
    following = request.POST.get("next") or request.GET.get("next")
    query = f"?{urlencode({'next': following})}" if following else ""
    return redirect(reverse(name) + query)


@never_cache
def to_password_reset(request: HttpRequest, **_keys: str) -> HttpResponseRedirect:
    """Lead to the password reset."""
    return _to("account_reset_password", request)


@never_cache
def to_sign_in(request: HttpRequest) -> HttpResponseRedirect:
    """Lead to the sign-in."""
    return _to("account_login", request)


@never_cache
def to_sign_up(request: HttpRequest) -> HttpResponseRedirect:
    """Lead to the sign-up."""
    return _to("account_signup", request)


@never_cache
def to_sign_out(request: HttpRequest) -> HttpResponseRedirect:
    """Lead to the sign-out, which asks first: a link must not sign anybody out."""
    return _to("account_logout", request)


@never_cache
def to_account(request: HttpRequest) -> HttpResponseRedirect:
    """Lead to the account page, where phone, e-mail, password and deletion are."""
    return _to("accounts:me", request)


@never_cache
def to_orders(request: HttpRequest) -> HttpResponseRedirect:
    """Lead to my orders."""
    return redirect("orders:mine")


@never_cache
def to_order(request: HttpRequest, order_number: str, **_keys: object) -> HttpResponseRedirect:
    """Lead from an order's number to its page, for whoever is signed in and bought it; else to finding it."""
    orders = request.user.orders.filter(number=order_number) if request.user.is_authenticated else []
    found = next(iter(orders), None)
    return redirect("orders:order", token=found.token) if found else redirect("orders:find")


@never_cache
def to_operations(request: HttpRequest) -> HttpResponseRedirect:
    """Lead from every address of Oscar's dashboard to the back office, and who only sells to their desk."""
    from shop.links import may_operate  # it knows this module's addresses

    sells = request.user.is_authenticated and not may_operate(request.user) and request.user.partners.exists()
    return redirect("shop-desk:desk" if sells else "shop-overview:index")
