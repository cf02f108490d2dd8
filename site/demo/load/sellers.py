"""Papers of sellers, halls elsewhere with their sales, and how often the hall was opened."""

from decimal import Decimal
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image as Drawing
from PIL import ImageDraw, ImageFont
from wagtail.images.models import Image

from brand.models import Member
from brand.typeset import FONTS
from demo.load.county import County
from shop.models import HallCount, OutsideHall, OutsideSale, SellerPaper
from shop.partner.models import Partner

DAYS = 30  # of visits and of sales elsewhere
STATEMENT = "只卖自家地里种的农产品，依照电子商务法第十条不用办理市场主体登记。（示例）"
_WEEK = (7, 6, 6, 7, 9, 12, 11)  # how busy the days of a week are
_TITLES = {"business": "营业执照", "food_trade": "食品经营许可证"}


def add_sellers(county: County) -> None:
    """Add the papers of everybody who sells here; one ends soon, one has ended where the content says so."""
    words = county.content("voices")["papers"]
    for member in county.members.values():
        partner = Partner.objects.filter(member=member).first()
        if partner is not None:
            _add_papers(county, partner, member, words)


def add_elsewhere(county: County) -> None:
    """Add the halls on other platforms with a month of sales, and a month of visits of our own."""
    for number, words in enumerate(county.content("voices").get("hall", []), 1):
        hall = OutsideHall.objects.create(
            region=county.region, platform=words["platform"], name=words["name"], url=words.get("url", ""),
            opened_on=county.calendar.day(words["opened_days"]),
        )  # fmt: skip
        OutsideSale.objects.bulk_create(_sale(county, hall, words, number, ago) for ago in range(1, DAYS + 1))
    _add_visits(county)


def _add_papers(county: County, partner: Partner, member: Member, words: dict[str, Any]) -> None:
    ends = {slug: county.calendar.day(-days) for slug, days in words.get("ends", {}).items()}
    if member.kind == Member.Kind.HOUSEHOLD:
        SellerPaper.objects.create(partner=partner, kind="exempt", holder=member.name, statement=STATEMENT)
        return
    issuer = words["issuer"]
    SellerPaper.objects.create(
        partner=partner, kind="business", number=member.credit_code, holder=member.name, issuer=issuer,
        valid_from=member.joined_on, picture=_drawn("business"),
    )  # fmt: skip
    SellerPaper.objects.create(
        partner=partner, kind="food_trade", number=f"JY1{county.region.adcode}{member.pk:07d}",
        holder=member.name, issuer=issuer, valid_from=county.calendar.day(700), picture=_drawn("food_trade"),
        valid_to=ends.get(member.slug, county.calendar.day(-1100)),
    )  # fmt: skip


def _sale(county: County, hall: OutsideHall, words: dict[str, Any], number: int, ago: int) -> OutsideSale:
    day = county.calendar.day(ago)
    orders = max(1, words["orders"] * _WEEK[day.weekday()] // 8 + (ago * 7 + number) % 5 - 2)
    amount = (Decimal(words["price"]) * orders).quantize(Decimal("0.01"))
    return OutsideSale(hall=hall, day=day, orders=orders, amount=amount, note="示例")


def _add_visits(county: County) -> None:
    """Write how often the hall was opened: more at the week's end, some of it into a basket."""
    busy = county.content("voices")["visits"]
    rows = []
    for ago in range(DAYS + 1):
        day = county.calendar.day(ago)
        visits = busy * _WEEK[day.weekday()] // 8 + (ago * 13) % 9
        share = {"visit": visits, "view": visits * 4, "basket": visits // 6, "checkout": visits // 13}
        rows += [HallCount(region=county.region, day=day, kind=kind, count=n) for kind, n in share.items()]
    HallCount.objects.bulk_create(rows)


def _drawn(kind: str) -> Image | None:
    """Return the sample picture of a paper, drawn once for all counties."""
    title = f"{_TITLES[kind]}（示例）"
    found = Image.objects.filter(title=title).first()
    if found is not None or not FONTS.is_dir():
        return found
    sheet = Drawing.new("RGB", (960, 680), "#f7f3e8")
    pen, font = ImageDraw.Draw(sheet), str(FONTS / "400Regular" / "NotoSansSC_400Regular.ttf")
    pen.rectangle((24, 24, 936, 656), outline="#b0472f", width=6)
    pen.text((480, 150), _TITLES[kind], font=ImageFont.truetype(font, 72), fill="#7d2c1b", anchor="mm")
    for place, line in enumerate(("示例图片，不是真证", "号码和名称以旁边的文字为准")):
        pen.text(
            (480, 340 + 80 * place), line, font=ImageFont.truetype(font, 40), fill="#3a3a3a", anchor="mm"
        )
    return _filed(sheet, title, f"paper-{kind}.jpg")


def _filed(sheet: Drawing.Image, title: str, name: str) -> Image:
    out = BytesIO()
    sheet.save(out, "JPEG", quality=85)
    image = Image(title=title, file=ContentFile(out.getvalue(), name=name))
    image.save()
    image.get_file_hash()
    image.get_file_size()
    return image
