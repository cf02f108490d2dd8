"""All articles of a seller with what is left of them."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shop.desk.gate import SellerRequest, seller_page
from shop.desk.pages import desk_page
from shop.stock.desk.reading import expiring, shelf, shelves

PER_PAGE = 30


@require_safe
@seller_page
def overview(request: SellerRequest) -> HttpResponse:
    """Show what there is, what runs low and what expires."""
    page = Paginator(shelves(request.scope), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "shelves": [shelf(one) for one in page],
        "expiring": expiring(request.scope, on=timezone.localdate())[:8],
        "today": timezone.localdate(),
    }
    return desk_page(request, "shop/stock/overview.html", context, title=_("Stock"))
