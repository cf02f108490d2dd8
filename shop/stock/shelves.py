"""Which places a seller's goods lie in, and from which they leave first."""

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from shop.order.models import Line, Order
from shop.partner.models import Partner
from shop.stock.places import StockPlace


def store_of(partner: Partner) -> StockPlace:
    """Return the store of a seller, made when it is first asked for."""
    found, _new = StockPlace.objects.get_or_create(
        partner=partner,
        kind=StockPlace.Kind.STORE,
        defaults={"name": (_("Store of %(seller)s") % {"seller": partner.name})[:80]},
    )
    return found


def places_for(partner: Partner) -> QuerySet[StockPlace]:
    """Return where the goods of this seller may lie: its store, and the halls and stations of its county."""
    county = Q(region=partner.member.region_id) if partner.member is not None else Q()
    shared = ~Q(kind=StockPlace.Kind.STORE) & county
    return StockPlace.objects.filter(Q(partner=partner) | shared, open=True)


def nearest_first(line: Line | None) -> Case:
    """Return an ordering of lots: the place where the order is picked up, the store, all others."""
    order = line.order if line is not None else None
    here = When(place__kind=StockPlace.Kind.STORE, then=Value(1))
    if order is None or order.delivery != Order.Delivery.PICKUP:
        return Case(here, default=Value(2), output_field=IntegerField())
    picked_up = When(place__pickup_point=order.pickup_point_id, then=Value(0))
    return Case(picked_up, here, default=Value(2), output_field=IntegerField())
