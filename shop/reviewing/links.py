"""The way from an order to the reviews of what was bought."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from shop.buyer.parts import Link
from shop.catalogue.reviews.models import ProductReview
from shop.order.models import Order
from shop.reviewing.writing import ARRIVED, FOR


def line_links(order: Order, at: datetime) -> Mapping[int, Sequence[Link]]:
    """Return the link to write or to read a review beside each line that arrived. Two queries."""
    if order.state not in ARRIVED or at > order.date_placed + FOR:
        return {}
    written = set(ProductReview.objects.filter(line__order=order).values_list("line", flat=True))
    links = {}
    for line in order.lines.filter(gift=False).exclude(product=None):
        if line.pk in written:
            links[line.pk] = [Link(_("Your review"), reverse("shop-reviews:order", args=[order.token]))]
        elif line.refunded_quantity < line.quantity:
            address = reverse("shop-reviews:write", args=[order.token, line.pk])
            links[line.pk] = [Link(_("Write a review"), address)]
    return links
