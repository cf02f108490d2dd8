"""How the hall delivers: freight by zones, points to pick up at, and the consumer's own address."""

from typing import Any

from accounts.models import User
from demo.load.county import County
from demo.load.people import login
from shop.address.keeping import keep_address
from shop.divisions.areas import codes_of
from shop.freight.models import FreightTemplate, FreightZone
from shop.ordering.wanted import Address
from shop.partner.models import Partner
from shop.pickup.models import PickupPoint

HOME = Address(
    name="陈一", phone="+8613800138006", district_code="110105", province="北京市", city="北京市",
    district="朝阳区", street="望京街道花家地西里 7 号楼 302",
)  # fmt: skip


def add_delivery(county: County) -> None:
    """Add the freight of the county and of sellers with their own, and the points."""
    words = county.content("delivery")
    _add_freight(county, words["freight"], partner=None)
    for seller in words.get("seller", []):
        _add_freight(county, seller, partner=Partner.objects.get(code=seller["member"]))
    for point in words["point"]:
        PickupPoint.objects.create(
            region=county.region,
            name=point["name"],
            place=point["place"],
            district_code=point["district"],
            phone=county.region.phone,
            hours=point["hours"],
            open=point.get("open", True),
        )
    keep_address(user=User.objects.get(email=login("consumer")), address=HOME)


def _add_freight(county: County, words: dict[str, Any], *, partner: Partner | None) -> None:
    template = FreightTemplate.objects.create(
        region=county.region,
        partner=partner,
        name=words["name"],
        first_grams=words["first_grams"],
        further_grams=words["further_grams"],
    )
    FreightZone.objects.bulk_create(_zone(template, zone) for zone in words["zone"])


def _zone(template: FreightTemplate, words: dict[str, str]) -> FreightZone:
    return FreightZone(
        template=template,
        areas=codes_of(words.get("places", "")),
        delivered="no" not in words,
        first_charge=words.get("first", "0"),
        further_charge=words.get("further", "0"),
        note=words.get("no", words.get("note", "")),
    )
