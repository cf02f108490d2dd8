"""The page of coupons and promotions, and claiming from pages that are the same for everybody."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from lib.guessing import Guesses
from shop.basket.views import came_from_here, has_token
from shop.halls.places import county_of, hall_trail
from shop.promotions import parts
from shop.promotions.claiming import NotClaimed, claim
from shop.promotions.deals import BUNDLE, in_force, kept
from shop.promotions.holding import unused
from shop.promotions.sets import Set, running_set, to_buy
from shop.voucher.models import Voucher

# guests have as many baskets as they like: what one address claims or guesses in an hour is limited
CLAIMS = Guesses("coupon-claims", allowed=40, window=3600)
CODES = Guesses("coupon-codes", allowed=10, window=3600)


@require_safe
@never_cache
def coupons(request: HttpRequest) -> HttpResponse:
    """Show what the visitor holds, what can be claimed, and which promotions are on and to come."""
    return render(request, "shop/promotions/page.html", _shown(request))


@require_POST
@never_cache
@csrf_exempt
def claim_coupon(request: HttpRequest, pk: int) -> HttpResponse:
    """Claim a coupon from a page of ours, and go back there. Pages for everybody carry no token."""
    if not (came_from_here(request) or has_token(request)):
        messages.info(request, _("Press once more, please: here it is yours."))
        return redirect("shop_coupons")
    voucher = get_object_or_404(Voucher.objects.select_related("region", "campaign"), pk=pk)
    return _claim(request, voucher, limit=CLAIMS)


@require_POST
@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """Claim by a code that was typed; it counts in the basket at once if it fits."""
    typed = request.POST.get("code", "").strip().replace(" ", "").upper()
    if CODES.used_up(mark := _mark(request, CODES)):
        messages.error(request, _("Too many tries. Wait an hour, please."))
        return redirect("basket:summary")
    voucher = Voucher.objects.select_related("region", "campaign").filter(code=typed).first()
    if voucher is None or voucher.audience == Voucher.Audience.REVIEWERS:
        CODES.note(mark)
        messages.error(request, _("No coupon has this code."))
        return redirect("basket:summary")
    return _claim(request, voucher, limit=CLAIMS, code=typed)


@never_cache
@csrf_exempt
def bundle(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a set; put all of it into the basket."""
    found = running_set(pk, at=timezone.now())
    if found is None:
        messages.info(request, _("This set is over."))
        return redirect("shop_coupons")
    if request.method == "POST" and (came_from_here(request) or has_token(request)):
        return _add_set(request, found)
    shown = {"set": found, "trail": [*hall_trail(county_of(request)), (found.name, request.path)]}
    return render(request, "shop/promotions/set.html", shown)


def _add_set(request: HttpRequest, found: Set) -> HttpResponse:
    """Put each article of the set in, or none: half a set is nothing."""
    basket: Any = request.basket  # type: ignore[attr-defined]
    for article in map(to_buy, found.articles):
        info = basket.strategy.fetch_for_product(article)
        allowed, why = info.availability.is_purchase_permitted(basket.product_quantity(article) + 1)
        if not (allowed and info.price.exists):
            messages.error(request, f"{article.get_title()}: {why}")
            return redirect("shop_set", pk=found.pk)
    for article in map(to_buy, found.articles):
        basket.add_product(article, 1)
    messages.success(request, _("In the basket: %(title)s") % {"title": found.name})
    return redirect("basket:summary")


def _claim(request: HttpRequest, voucher: Voucher, *, limit: Guesses, code: str = "") -> HttpResponse:
    basket: Any = request.basket  # type: ignore[attr-defined]
    mark = _mark(request, limit)
    user: Any = request.user
    try:
        if not user.is_authenticated and limit.used_up(mark):
            raise NotClaimed(_("Too many coupons from here within an hour. Sign in to claim more."))
        claim(voucher=voucher, user=user, basket=basket, at=timezone.now(), code=code)
    except NotClaimed as refused:
        messages.error(request, str(refused))
    else:
        limit.note(mark)
        messages.success(
            request, _("In your hand: %(name)s. It counts in the basket.") % {"name": voucher.name}
        )
    return redirect(_following(request))


def _following(request: HttpRequest) -> str:
    following = request.POST.get("next", "")
    return following if url_has_allowed_host_and_scheme(following, request.get_host()) else "basket:summary"


def _mark(request: HttpRequest, limit: Guesses) -> str:
    return limit.mark(request.META.get("REMOTE_ADDR", ""), at=timezone.now())


def _shown(request: HttpRequest) -> dict[str, Any]:
    now = timezone.now()
    region = county_of(request)
    basket: Any = request.basket  # type: ignore[attr-defined]
    held = unused(basket=basket, user=request.user).filter(expires_at__gt=now).select_related("voucher")
    deals = {deal.voucher_id: deal for deal in kept() if deal.voucher_id}
    mine: list[dict[str, Any]] = [
        {"card": parts.coupon_card(one.voucher, deals[one.voucher_id]), "expires_at": one.expires_at}
        for one in held
        if one.voucher_id in deals
    ]
    here = in_force(at=now, region_id=region.pk) if region else []
    return {
        "mine": mine,
        "held": {one["card"].pk for one in mine},
        "claimable": (parts.coupons(region, at=now) if region else None) or [],
        "promotions": [parts.promised_by(deal) for deal in here if deal.kind != BUNDLE],
        "sets": [deal for deal in here if deal.kind == BUNDLE],
        "calendar": (parts.calendar(region, at=now) if region else None) or [],
    }
