"""The gate of the seller's desk: signed in, and selling in a hall or looking after one."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from accounts.models import User
from shop.desk.scope import Scope, scope_of
from shop.partner.models import Partner

SELLER = "seller"  # in the address and in the session: the code of the partner; "" for all
View = Callable[..., HttpResponseBase]


class SellerRequest(HttpRequest):
    """A request behind `seller_page`: `scope` says whose things it is about."""

    user: User
    scope: Scope
    partner: Partner | None


def seller_page(view: View) -> View:
    """Let in who sells, and who looks after the hall; tell the view whose things: `request.scope`.

    Signed out leads to sign-in and back; who sells nothing gets a page in plain words, status 403. Of several
    sellers the one named in the address (`?seller=<code>`) is looked at, then the remembered one; an operator
    who named none looks at all of them. No answer is kept anywhere. Three queries.
    """

    @wraps(view)
    def gated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = _let_in(view, request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    return gated


def _let_in(view: View, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    scope = scope_of(request.user, chosen=_chosen(request))
    if scope is None:
        title = _("Your account sells nothing here yet")
        return render(request, "shop/desk/not_yours.html", {"title": title}, status=403)
    request.scope, request.partner = scope, scope.partner
    return view(request, *args, **kwargs)


def _chosen(request: Any) -> str:
    named = request.GET.get(SELLER)
    if named is None:
        return str(request.session.get(SELLER, ""))
    if request.session.get(SELLER) != named:
        request.session[SELLER] = named
    return str(named)
