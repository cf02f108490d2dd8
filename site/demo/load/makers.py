"""Who makes it, what is made, and the right to put the brand on it."""

from datetime import date

from accounts.models import User
from brand.models import Licence, Member, Product, Representative
from demo.load.county import County
from demo.load.people import login
from record.models import Certification, CertificationKind

EXAMPLE = "名称、乡镇、信用代码、电话都是示例。"
BRAND_ONLY = "品牌名取自公开的方案，乡镇、信用代码、电话和做法是示例。"
FARM_GOODS = [29, 30, 31, 35]  # trademark classes of most licences
USES = ["packaging", "signs", "online"]
REPRESENTED = "zhangjiahe-coop"  # the member the demo's account of that role acts for


def add_members(county: County) -> None:
    """Add the association's members; what is invented is said to be."""
    for words in county.content("members")["member"]:
        example = words.pop("example")
        words["about"] += "\n\n" + (EXAMPLE if example else BRAND_ONLY)
        words["joined_on"] = county.calendar.day(words.pop("joined_days"))
        county.members[words["slug"]] = Member.objects.create(region=county.region, **words)
    if member := county.members.get(REPRESENTED):
        user = User.objects.get(email=login("member"))
        Representative.objects.create(member=member, user=user, since=county.calendar.at)


def add_products(county: County) -> None:
    """Add the products and what vouches for them."""
    content = county.content("products")
    for words in content["product"]:
        member = county.members[words.pop("member")]
        facts = {key: value for key, value in words.items() if key not in {"category", "price", "stock"}}
        facts["description"] = facts["description"].strip()
        product = Product.objects.create(region=county.region, member=member, **facts)
        county.products[product.slug] = product
    for paper in content["certification"]:
        _add_certification(county, **paper)


def _add_certification(
    county: County,
    *,
    product: str,
    kind: str,
    issuer: str,
    number: str = "",
    from_date: date | None = None,
    from_days: int | None = None,
    to_days: int | None = None,
) -> None:
    Certification.objects.create(
        product=county.products[product],
        kind=CertificationKind.objects.get_or_create(name=kind)[0],
        number=number,
        issuer=issuer,
        valid_from=from_date or county.calendar.optional_day(from_days),
        valid_to=county.calendar.optional_day(to_days),
    )


def add_licences(county: County) -> None:
    """Add licences in force, expired, suspended and revoked. Their number carries the year they began."""
    for words in county.content("members")["licence"]:
        begins = county.calendar.day(words["from_days"])
        licence = Licence.objects.create(
            number=words["number"].format(year=begins.year),
            region=county.region,
            member=county.members[words["member"]],
            brand_name=words["brand_name"],
            state=words["state"],
            valid_from=begins,
            valid_to=county.calendar.day(words["to_days"]),
            issued_on=begins,
            trademark_classes=words.get("classes", FARM_GOODS),
            uses=words.get("uses", USES),
        )
        licence.products.set(county.products[slug] for slug in words["products"])
