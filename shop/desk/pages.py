"""Pages of the seller's desk: their frame and their way back."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from shop.desk.gate import SellerRequest


def desk_page(
    request: SellerRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    title: str,
    status: int = 200,
    above: tuple[tuple[str, str], ...] = (),
) -> HttpResponse:
    """Render a page of the desk, which extends `shop/desk/base.html`, in the county of the seller.

    `above` are the pages between the desk and this one, as (label, address).
    """
    scope = request.scope
    frame: dict[str, Any] = {
        "title": title,
        "trail": [(_("Seller's desk"), reverse("shop-desk:desk")), *above, (title, "")],
        "scope": scope,
    }
    if scope.partner is not None and scope.partner.member is not None:
        frame["region"] = scope.partner.member.region
    return render(request, template, {**frame, **(context or {})}, status=status)
