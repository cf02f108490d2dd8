"""What the checkout page shows: what was filled in, the amounts for it, places, points and ways of paying."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from changes.kept import kept
from lib.phone import display_phone
from shop.aftersales.telling_terms import not_sent_back
from shop.checkout.forms import PARCEL, PICKUP
from shop.divisions.pasted import read_pasted
from shop.divisions.table import cities, districts, place, provinces
from shop.ordering.tokens import new_token
from shop.payments.gateways import Purchase, ways_for
from shop.pickup.models import PickupPoint
from shop.presale.booking import NotBookable, Share, presale_in, terms_in_force
from shop.pricing import Quote, quote

FIELDS = (
    "phone", "email", "delivery", "name", "receiver_phone", "province", "city", "district", "street",
    "keep_address", "pickup_point", "invoice", "invoice_title", "tax_number", "note", "way", "key", "buy",
    "accept", "pasted",
)  # fmt: skip


@dataclass(slots=True)
class Booked:
    """A pre-sale in the basket, with the terms the buyer is to accept. `refused` says why it cannot be."""

    presale: Any = None
    terms: Any = None
    refused: str = ""

    def share(self, asked: Quote, accepted: int | None) -> Share | None:
        """Return what is booked, None for an ordinary basket."""
        if self.presale is None:
            return None
        return Share(self.presale, sum(line.quantity for line in asked.lines), accepted or 0)


def filled_in(request: HttpRequest) -> dict[str, str]:
    """Return the values of the fields: what was sent, or what is known of who is signed in."""
    if request.method == "POST":
        values = {name: request.POST.get(name, "").strip() for name in FIELDS}
        values["province"], values["city"] = _above(values)
        return values
    values = dict.fromkeys(FIELDS, "") | {"delivery": PARCEL, "key": new_token()}
    values["buy"] = request.GET.get("buy", "")
    if request.user.is_authenticated:
        values |= _known_of(request.user)
    return values


def read_paste(values: dict[str, str]) -> bool:
    """Put what stands in the pasted text into the fields; tell whether there was anything."""
    found = read_pasted(values["pasted"])
    if found.name:
        values["name"] = found.name
    if found.phone:
        values["phone" if not values["phone"] else "receiver_phone"] = display_phone(found.phone)
    if found.street:
        values["street"] = found.street
    if found.place:
        values |= _codes(found.place.code)
    return bool(found.name or found.phone or found.place)


def take_address(values: dict[str, str], user: Any, pk: str) -> None:
    """Put an address of the book into the fields."""
    kept = user.addresses.filter(pk=pk).first() if user.is_authenticated and pk.isdecimal() else None
    if kept is not None and place(kept.district_code):
        number = str(kept.phone_number or "")
        shown = display_phone(number) if number else ""
        values |= {"name": kept.name, "street": kept.line1, "receiver_phone": shown}
        values |= _codes(kept.district_code)


def quoted(request: HttpRequest, basket: Any, values: Mapping[str, str], *, at: datetime) -> Quote:
    """Return the amounts for what is filled in."""
    delivery = PICKUP if values["delivery"] == PICKUP else PARCEL
    code = values["district"] if place(values["district"]) else ""
    return quote(
        basket, delivery=delivery, district_code=code, pickup_in=request.region or None,  # type: ignore[attr-defined]
        phone=values["phone"], user=request.user, at=at,
    )  # fmt: skip


def points_of(region: Any) -> list[PickupPoint]:
    """Return where orders of the hall can be picked up. One query, none while nothing public changes."""
    if not region:
        return []
    key = ("points", region.pk)
    return kept.get(key, lambda: list(PickupPoint.objects.filter(region=region, open=True)))


def booked_in(asked: Quote, *, at: datetime) -> Booked:
    """Return the pre-sale among the lines with its terms."""
    try:
        presale = presale_in(asked.lines, at=at)
    except NotBookable as refused:
        return Booked(refused=str(refused))
    return Booked(presale, terms_in_force(presale)) if presale else Booked()


def amounts_of(asked: Quote, booked: Booked) -> dict[str, Any]:
    """Return what the part with the amounts needs."""
    share = booked.share(asked, None)
    sums = None if booked.presale or booked.refused else _sums(asked)
    deposit = share.deposit(asked) if share else None
    return {"quote": asked, "booked": booked, "deposit": deposit, "sums": sums}


def _sums(asked: Quote) -> Hashable:
    """Return all that the part with the amounts shows of an ordinary basket; None of any other."""
    if asked.discounts or asked.left_out or asked.undelivered:
        return None
    return asked.goods_before, asked.freight_why, asked.freight_before, asked.total, asked.freight_known


def _bought(asked: Quote, not_sent_back: list[tuple[str, Any]], *, at_once: bool) -> Hashable:
    """Return all that the list of what is ordered shows; None where something is left out."""
    if asked.left_out:
        return None
    lines = tuple(
        (line.product.get_title(), line.product.is_child and line.product.title, line.quantity, line.amount)
        for line in asked.lines
        if not line.gift
    )
    whole = len(lines) == len(asked.lines)
    return (lines, tuple(not_sent_back), at_once) if whole else None


def context_of(
    request: HttpRequest, values: dict[str, str], asked: Quote, *, points: list[PickupPoint], booked: Booked
) -> dict[str, Any]:
    """Return what the template needs beside the errors."""
    region = request.region or None  # type: ignore[attr-defined]
    ahead = booked.presale is not None
    ways = ways_for(Purchase(asked.total, region, pickup=values["delivery"] == PICKUP, ahead=ahead))
    if values["way"] not in {way.code for way in ways}:
        values["way"] = ways[0].code if ways else ""
    kept_back = not_sent_back(asked.lines, at=timezone.now())
    return amounts_of(asked, booked) | {
        "values": values,
        "points": points,
        "ways": ways,
        "not_sent_back": kept_back,
        "bought": _bought(asked, kept_back, at_once=bool(values["buy"])),
        "provinces": provinces(),
        "cities": cities(values["province"]),
        "districts": districts(values["city"]),
        "addresses": _addresses(request),
        "blank": _is_blank(request, values),
    }


def shell_of(request: HttpRequest, context: Mapping[str, Any]) -> Hashable:
    """Return what the page depends on beside its own parts, None where it is like no other."""
    if not context["blank"] or context["errors"] or context["booked"].presale:
        return None
    region = request.region or None  # type: ignore[attr-defined]
    ways = tuple(way.code for way in context["ways"])
    return region and region.slug, ways, context["values"]["way"]


def _above(values: Mapping[str, str]) -> tuple[str, str]:
    """Return province and city as chosen; under another province the city is none of its own."""
    province, city = values["province"], values["city"]
    if place(values["district"]) and not province:
        codes = _codes(values["district"])
        return codes["province"], codes["city"]
    return province, city if city[:2] == province[:2] else ""


def _codes(district: str) -> dict[str, str]:
    return {"province": f"{district[:2]}0000", "city": f"{district[:4]}00", "district": district}


def _known_of(user: Any) -> dict[str, str]:
    """Return what the account and its usual address say."""
    known = {"phone": display_phone(user.phone) if user.phone else "", "email": user.email or ""}
    usual = user.addresses.order_by("-is_default_for_shipping", "-num_orders_as_shipping_address").first()
    if usual is not None and place(usual.district_code):
        known |= {"name": usual.name, "street": usual.line1, **_codes(usual.district_code)}
    return known


def _is_blank(request: HttpRequest, values: Mapping[str, str]) -> bool:
    """Tell whether it is the page of a guest who filled in nothing yet: the same fields for everybody."""
    fields = [name for name in FIELDS if name not in {"delivery", "key", "buy", "way"}]
    guest = request.method != "POST" and not request.user.is_authenticated
    return guest and not any(values[name] for name in fields)


def _addresses(request: HttpRequest) -> list[Any]:
    if not request.user.is_authenticated:
        return []
    kept = request.user.addresses.exclude(district_code="")
    return list(kept.order_by("-is_default_for_shipping", "-date_created")[:8])
