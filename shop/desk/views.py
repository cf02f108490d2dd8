"""The desk itself."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shop.desk.gate import SellerRequest, seller_page
from shop.desk.pages import desk_page
from shop.desk.parts import desk_of


@require_safe
@seller_page
def desk(request: SellerRequest) -> HttpResponse:
    """Show what is due and what there is, for the sellers looked at."""
    now = timezone.now()
    found = desk_of(request.scope, at=now)
    title = _("Seller's desk")
    context = {"dues": found.dues, "parts": found.parts, "now": now, "trail": [(title, "")]}
    return desk_page(request, "shop/desk/desk.html", context, title=title)
