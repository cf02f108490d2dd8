"""The pages of a buyer: my orders, one order by its token."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shop.buyer.page import page_of
from shop.order.models import Order
from shop.tracking.models import TrackingEvent

ON_A_PAGE = 10


@require_safe
def order(request: HttpRequest, token: str) -> HttpResponse:
    """Show an order to whoever has its token."""
    return order_page(request, order_of(token))


def order_page(request: HttpRequest, found: Order, *, status: int = 200, wrong: str = "") -> HttpResponse:
    """Render the page of an order; `wrong` says why the last act was refused. It is nobody else's."""
    title = _("Order %(number)s") % {"number": found.number}
    shown = page_of(found, at=timezone.now())
    context = {"page_of": shown, "order": found, "title": title, "region": found.region, "wrong": wrong}
    response = render(request, "shop/buyer/order.html", context, status=status)
    patch_cache_control(response, private=True, no_store=True)
    response["Referrer-Policy"] = "same-origin"  # the address opens the order: it goes to nobody else
    return response


def order_of(token: str) -> Order:
    """Return the order that the token opens. One query.

    Raises:
        Http404: it opens none.
    """
    found = Order.objects.select_related("region", "shipping_address", "pickup_point", "user")
    return get_object_or_404(found, token=token)


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List the orders of whoever is signed in, the newest first."""
    found = Order.objects.filter(user=request.user).order_by("-date_placed", "-pk")
    rows = found.prefetch_related("lines__product__brand_product", "consignments__parcels")
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    title = _("My orders")
    response = render(request, "shop/buyer/orders.html", {"page": page, "title": title})
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_safe
def proof(request: HttpRequest, token: str, pk: int) -> HttpResponseBase:
    """Hand out the photo of a delivery to whoever has the order."""
    step = TrackingEvent.objects.filter(pk=pk, parcel__consignment__order__token=token).first()
    if step is None or not step.proof:
        raise Http404
    response = FileResponse(step.proof.open(), content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, no_store=True)
    return response
