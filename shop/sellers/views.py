"""The page of a seller: who it is, which papers it shows, what it sells."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shop.cards import cards_of
from shop.listing.reading import NoSuchPage, page_of, shelf
from shop.search.views import hall_place, page_number
from shop.sellers.showing import seller_of, sellers
from shop.visit import Visit


@require_safe
def seller(request: Visit, slug: str) -> HttpResponse:
    """Show a seller with its papers and what it sells now."""
    partner = get_object_or_404(sellers(), code=slug)
    member: Any = partner.member  # `sellers` have one
    today = timezone.localdate()
    rows = shelf(member.region, None, on=today).filter(article__brand_product__member=member)
    try:
        page = page_of(rows, order="", number=page_number(request))
    except NoSuchPage:
        return redirect(request.path)
    context = {
        "seller": seller_of(partner, on=today),
        "member": member,
        "region": member.region,
        "page_obj": page,
        "cards": cards_of(page.keys, request.strategy, on=today),
        "trail": [hall_place(), (partner.name, "")],
        "title": partner.name,
        "description": _("%(name)s: papers, licence, what it sells") % {"name": partner.name},
    }
    return render(request, "shop/sellers/seller.html", context)
