"""The county's parcels: stations and lines, and one order for each state between shelf and buyer."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any, Final

from oscar.core.loading import get_model

from accounts.models import User
from demo.load.county import County
from demo.load.people import login
from record.models import Code
from shop.catalogue.models import Product
from shop.county_post.models import CountyLine, LineStop, Station
from shop.county_post.scanning import scan
from shop.fulfilment.models import Parcel
from shop.fulfilment.owing import product_of
from shop.fulfilment.packing import add_code, add_without_code, begin_parcel
from shop.fulfilment.receiving import confirm_receipt
from shop.fulfilment.sending import send_parcel
from shop.order.models import Order
from shop.ordering.placing import place_order
from shop.ordering.wanted import Address, Buyer, Destination
from shop.partner.strategy import Selector
from shop.payments.choosing import choose_way
from shop.payments.settling import settle
from shop.pickup.models import PickupPoint
from shop.pricing import quote
from shop.tracking.tracing import Source, Step, trace

HOME: Final = Address(
    name="陈一", phone="+8613800138006", district_code="110105", province="北京市", city="北京市",
    district="朝阳区", street="望京街道花家地西里 7 号楼 302",
)  # fmt: skip


def add_parcels(county: County) -> None:
    """Add stations and lines, then the orders, through the same acts as everybody."""
    words = county.content("parcels")
    stations = {station["name"]: _add_station(county, station) for station in words["station"]}
    for line in words.get("line", []):
        _add_line(county, line, stations)
    for number, order in enumerate(words.get("order", []), 1):
        at = county.calendar.moment(order["days"], order["clock"])
        _WHAT[order["what"]](_paid(county, order, at, number), county, at)


def _add_station(county: County, words: dict[str, str]) -> Station:
    made = Station.objects.create(
        region=county.region,
        tier=words["tier"],
        name=words["name"],
        place=words.get("place", ""),
        above=Station.objects.filter(region=county.region, name=words.get("above", "")).first(),
        pickup_point=PickupPoint.objects.filter(region=county.region, name=words.get("point", "")).first(),
    )
    made.keepers.set(User.objects.filter(email__in=[login("supplier"), login("clerk")]))
    return made


def _add_line(county: County, words: dict[str, Any], stations: dict[str, Station]) -> None:
    line = CountyLine.objects.create(
        region=county.region,
        number=words["number"],
        kilometres=words["kilometres"],
        minutes=words["minutes"],
        leaves_at=time.fromisoformat(words["leaves"]),
        returns_at=time.fromisoformat(words["returns"]),
        serves=words["serves"],
    )
    for position, name in enumerate(words["stops"]):
        station = stations.get(name) or _village(county, name)
        stations[name] = station
        LineStop.objects.create(line=line, position=position, station=station)


def _village(county: County, name: str) -> Station:
    town = name.endswith(("乡", "镇"))
    tier = Station.Tier.TOWN if town else Station.Tier.VILLAGE
    return Station.objects.create(region=county.region, tier=tier, name=name)


def _paid(county: County, words: dict[str, Any], at: datetime, number: int) -> Order:
    """Place an order as the demo's consumer and pay it."""
    user = User.objects.get(email=login("consumer"))
    point = PickupPoint.objects.filter(region=county.region, open=True).first() if "pickup" in words else None
    destination = Destination(pickup_point=point) if point else Destination(HOME)
    basket = get_model("basket", "Basket").objects.create(owner=user)
    basket.strategy = Selector().strategy()
    for article, quantity in words["goods"].items():
        basket.add_product(_sold(article), quantity)
    asked = quote(
        basket,
        delivery=destination.delivery,
        district_code=destination.district_code,
        phone=HOME.phone,
        at=at,
    )
    order = place_order(
        quote=asked, basket=basket, buyer=Buyer(HOME.phone, user=user), destination=destination,
        region=county.region, at=at, note=words.get("note", ""),
    )  # fmt: skip
    payment = choose_way(order=order, way="sandbox", at=at)
    if payment is not None:
        entry = f"SANDBOX-{county.slug.upper()}-P{number:04d}"
        settle(payment=payment, trade_no=entry, amount=payment.amount, at=at + timedelta(minutes=2))
    order.refresh_from_db()
    return order


def _sold(slug: str) -> Product:
    """Return the article, of one with sizes the first."""
    article = Product.objects.get(slug=slug)
    return article.children.order_by("pk").first() or article


def _waiting(order: Order, county: County, at: datetime) -> None:
    """Leave it to be packed."""


def _begun(order: Order, county: County, at: datetime) -> None:
    _packed(order, at, leave_out=1)


def _sent(order: Order, county: County, at: datetime) -> list[Parcel]:
    at += timedelta(hours=5)
    return [
        send_parcel(
            parcel=parcel, carrier="shunfeng", waybill=f"SF{order.pk:011d}{place:02d}", at=at, by=None
        )
        for place, parcel in enumerate(_packed(order, at))
    ]


def _carried(order: Order, county: County, at: datetime) -> None:
    """Report what a carrier reports, up to the last kilometre."""
    for parcel in _sent(order, county, at):
        for hours, state, text, place in (
            (8, Parcel.State.COLLECTED, "已揽收，快件由营业点发出", county.region.name),
            (21, Parcel.State.IN_TRANSIT, "快件到达太原中转场", "太原市"),
            (33, Parcel.State.IN_TRANSIT, "快件到达北京集散中心", "北京市"),
        ):
            moment = at + timedelta(hours=hours)
            step = Step(at=moment, state=state, text=text, source=Source.CARRIER, place=place)
            trace(parcel=parcel, step=step)


def _delivered(order: Order, county: County, at: datetime) -> None:
    for parcel in _sent(order, county, at):
        moment = at + timedelta(hours=45)
        step = Step(
            at=moment, state=Parcel.State.DELIVERED, text="已签收，签收人：本人", source=Source.CARRIER,
            place="北京市", handed_to="本人",
        )  # fmt: skip
        trace(parcel=parcel, step=step)


def _received(order: Order, county: County, at: datetime) -> None:
    _delivered(order, county, at)
    order.refresh_from_db()
    confirm_receipt(order=order, at=at + timedelta(hours=50))


def _county(order: Order, county: County, at: datetime) -> None:
    """Carry it by the county's own van: collected, and on the way to a town."""
    stations = list(Station.objects.filter(region=county.region).order_by("pk")[:2])
    keeper = User.objects.get(email=login("supplier"))
    for parcel in _packed(order, at + timedelta(hours=2)):
        sent = send_parcel(parcel=parcel, carrier="county", at=at + timedelta(hours=2), by=keeper)
        for hours, act, station in ((3, "collect", stations[-1]), (5, "pass", stations[0])):
            scan(parcel=sent, act=act, station=station, at=at + timedelta(hours=hours), by=keeper)


def _at_the_point(order: Order, county: County, at: datetime) -> None:
    keeper = User.objects.get(email=login("supplier"))
    for parcel in _packed(order, at + timedelta(hours=2)):
        sent = send_parcel(parcel=parcel, carrier="own", at=at + timedelta(hours=2), by=keeper)
        step = Step(
            at=at + timedelta(hours=4), state=Parcel.State.WAITING, text="在自提点等你来取。",
            source=Source.SELLER, place=order.pickup_point.name if order.pickup_point else "",
        )  # fmt: skip
        trace(parcel=sent, step=step, by=keeper)


def _packed(order: Order, at: datetime, *, leave_out: int = 0) -> list[Parcel]:
    """Pack every consignment with the newest codes on the shelf, so that those others show stay there."""
    parcels = []
    for consignment in order.consignments.order_by("pk"):
        parcel = begin_parcel(consignment=consignment, at=at, by=None)
        for owed in consignment.lines.select_related("line__product__parent"):
            product = product_of(owed)
            fresh = Code.objects.filter(
                batch__product=product, batch__recalled_at=None, state=Code.State.ACTIVATED, scan_count=0,
                suspected_at=None, parcel_codes=None,
            ).order_by("-pk")[: max(owed.quantity - leave_out, 0)]  # fmt: skip
            serials = list(fresh.values_list("serial", flat=True))
            for serial in serials:
                add_code(parcel=parcel, text=serial, at=at)
            if not serials:
                add_without_code(parcel=parcel, line=owed, quantity=owed.quantity)
        parcels.append(parcel)
    return parcels


_WHAT: dict[str, Callable[[Order, County, datetime], Any]] = {
    "waiting": _waiting,
    "begun": _begun,
    "carried": _carried,
    "delivered": _delivered,
    "received": _received,
    "county": _county,
    "point": _at_the_point,
}
