"""The public pages of pre-sales, the same for everybody, and the way out of a delayed one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from shop.halls.places import county_of, hall_trail
from shop.order.models import Order
from shop.ordering.cancelling import NotCancellable
from shop.presale import reading
from shop.presale.stepping_back import NoRightToStepBack, step_back
from shop.telling import order_page


@require_safe
def presale_list(request: HttpRequest) -> HttpResponse:
    """List the pre-sales of the county, what can be booked first."""
    region, now = county_of(request), timezone.now()
    found = [reading.told(presale, at=now) for presale in reading.presales(region)]
    context = {
        "running": [one for one in found if one.stage in {"open", "soon", "full", "waiting", "harvest"}],
        "over": [one for one in found if one.stage in {"closed", "cancelled"}],
        "title": _("Order agriculture"),
        "trail": [*hall_trail(region), (_("Order agriculture"), "")],
    }
    return render(request, "shop/presale/list.html", context)


@require_safe
def presale(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a pre-sale: the field now, what was done, how it is paid, what happens when it is late."""
    rows = reading.presales(None).select_related("batch__product", "crop")
    found = get_object_or_404(rows, slug=slug)
    shown = reading.progress(found, at=timezone.now())
    listing = (_("Order agriculture"), reverse("presales:list"))
    context = {
        "shown": shown,
        "told": shown.told,
        "presale": found,
        "region": found.region,
        "title": found.title,
        "trail": [*hall_trail(found.region), listing, (found.title, "")],
    }
    return render(request, "shop/presale/presale.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, token: str) -> HttpResponse:
    """Give the deposit of a delayed booking back to who has the token of its order."""
    order = get_object_or_404(Order, token=token, booking__isnull=False)
    if request.method == "POST":
        by = request.user if isinstance(request.user, User) else None
        try:
            step_back(order=order, at=timezone.now(), by=by)
        except (NoRightToStepBack, NotCancellable) as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("The order is cancelled; the deposit goes back the way it was paid."))
    return HttpResponseRedirect(order_page(order))
