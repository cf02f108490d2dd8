"""The frame of the trade pages: signed in where it matters, never kept, in the county of the host."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from shop.search.views import hall_place
from shop.trade.buyers import TradeBuyer


def buyer_of(user: object) -> TradeBuyer | None:
    """Return the trade buyer an account speaks for. One query."""
    return TradeBuyer.objects.filter(user=user).first() if isinstance(user, User) else None


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to sign-in and back."""
    return redirect_to_login(request.get_full_path())


def trade_page(
    request: HttpRequest, template: str, context: dict[str, Any], *, title: str, status: int = 200
) -> HttpResponse:
    """Render a page with its way back."""
    trail = [hall_place(), (_("Buying for trade"), reverse("trade:home")), (title, "")]
    frame = {
        "title": title,
        "trail": trail if template != "shop/trade/home.html" else [trail[0], (title, "")],
    }
    return render(request, template, {**frame, **context}, status=status)
