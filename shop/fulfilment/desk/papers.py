"""Papers of the packing table: the pick list and the label of a parcel."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from brand.packaging.papers.downloads import download
from shop.desk.gate import SellerRequest, seller_page
from shop.fulfilment.desk.finding import parcel_of
from shop.fulfilment.desk.lists import picked
from shop.fulfilment.papers.label import label_pdf
from shop.fulfilment.papers.pick_list import pick_list_pdf


@require_safe
@seller_page
def pick_list(request: SellerRequest) -> HttpResponse:
    """Hand out what to fetch from the shelves, as PDF."""
    now = timezone.now()
    scope = request.scope
    return download(
        request,
        lambda: pick_list_pdf(picked(scope), partner=scope.partner, at=now),
        name=f"pick-{timezone.localtime(now):%Y%m%d-%H%M}.pdf",
        back=reverse("shop-desk:pick"),
    )


@require_safe
@seller_page
def waybill(request: SellerRequest, number: str) -> HttpResponse:
    """Hand out the label of a parcel, 100 × 150 mm for a thermal printer, as PDF."""
    parcel = parcel_of(request, number)
    back = reverse("shop-desk:parcel", args=[number])
    return download(request, lambda: label_pdf(parcel), name=f"parcel-{parcel.number}.pdf", back=back)
