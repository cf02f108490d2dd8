"""Finding what a page of the desk is about: only the seller's own, others do not exist for them."""

from django.http import Http404

from shop.desk.gate import SellerRequest
from shop.fulfilment.models import Consignment, Parcel


def consignment_of(request: SellerRequest, number: str) -> Consignment:
    """Return the consignment with that number, for whoever may see it. One query.

    Raises:
        Http404: there is none, or it is another seller's.
    """
    found = (
        Consignment.objects.filter(number=number)
        .select_related(
            "partner__member__region",
            "order__shipping_address",
            "order__pickup_point",
            "order__region",
            "order__user",
        )
        .first()
    )
    if found is None or not request.scope.sees(found.partner):
        raise Http404
    return found


def parcel_of(request: SellerRequest, number: str) -> Parcel:
    """Return the parcel with that number, for whoever may see it. One query.

    Raises:
        Http404: there is none, or it is another seller's.
    """
    found = (
        Parcel.objects.filter(number=number)
        .select_related(
            "consignment__partner__member__region",
            "consignment__order__shipping_address",
            "consignment__order__pickup_point",
            "consignment__order__region",
        )
        .first()
    )
    if found is None or not request.scope.sees(found.consignment.partner):
        raise Http404
    return found
