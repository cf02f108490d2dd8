"""One order, for whoever has its address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shop.order.models import Order


@never_cache
@require_safe
def order(request: HttpRequest, token: str) -> HttpResponse:
    """Show an order to whoever has its token."""
    found = get_object_or_404(Order.objects.select_related("region"), token=token)
    title = _("Order %(number)s") % {"number": found.number}
    return render(request, "shop/buyer/order.html", {"order": found, "title": title, "region": found.region})
