"""The page of a seller: who it is, which papers it shows, what it sells."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shop import hall
from shop.catalogue.models import Product
from shop.search.views import hall_place
from shop.sellers.showing import seller_of, sellers
from shop.selling import on_sale

ON_A_PAGE = 24


@require_safe
def seller(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a seller with its papers and what it sells now."""
    partner = get_object_or_404(sellers(), code=slug)
    member, today = partner.member, timezone.localdate()
    found = on_sale(Product.objects.browsable().filter(brand_product__member=member), on=today)
    ordered = found.order_by("-date_created", "-pk")
    page = Paginator(hall.with_parts(ordered, on=today), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "seller": seller_of(partner, on=today),
        "member": member,
        "region": member.region,
        "page_obj": page,
        "cards": hall.cards(page, request.strategy),
        "trail": [hall_place(), (partner.name, "")],
        "title": partner.name,
        "description": _("%(name)s: papers, licence, what it sells") % {"name": partner.name},
    }
    return render(request, "shop/sellers/seller.html", context)
