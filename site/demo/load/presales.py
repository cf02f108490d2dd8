"""Order agriculture: a harvest sold ahead in each county, each in another state of its life."""

from decimal import Decimal
from typing import Any

from brand.models import Crop
from changes.kept import kept
from demo.load.county import County
from demo.load.purchases import paid, placed
from shop.catalogue.models import Product as Article
from shop.partner.models import StockRecord
from shop.presale.booking import Share
from shop.presale.cancelling import cancel_presale
from shop.presale.delaying import delay
from shop.presale.harvesting import open_balances
from shop.presale.models import Presale
from shop.presale.opening import open_presale
from shop.presale.terms import drafted, publish_terms
from shop.stock.receiving import receive


def add_presales(county: County) -> None:
    """Add the county's pre-sales with bookings, then bring each to its state."""
    for words in county.content("presales").get("presale", []):
        presale = _drafted(county, words)
        opened = presale.opens_at
        publish_terms(presale=presale, text=drafted(presale), at=opened)
        open_presale(presale=presale, at=opened, by=None)
        kept.forget()  # the county is one transaction: nobody has heard of the change yet
        _book(county, presale, words.get("booking", []))
        _bring_on(county, presale, words)


def _drafted(county: County, words: dict[str, Any]) -> Presale:
    calendar = county.calendar
    return Presale.objects.create(
        region=county.region,
        slug=words["slug"],
        title=words["title"],
        about=words["about"].strip(),
        base=county.bases[words["base"]],
        crop=Crop.objects.get_or_create(name=words["crop"])[0],
        article=_article(county, words),
        batch=county.batches.get(words.get("batch", "")),
        harvest_from=calendar.day(-words["harvest"][0]),
        harvest_to=calendar.day(-words["harvest"][1]),
        opens_at=calendar.moment(words["opened"], "09:00"),
        closes_at=calendar.moment(-words["closes"], "20:00"),
        cap=words["cap"],
        deposit=Decimal(words["deposit"]),
        deposit_kept=words.get("deposit_kept", True),
    )


def _article(county: County, words: dict[str, Any]) -> Article:
    """Return the article that is sold ahead: the licensed product, beside the one that is in stock."""
    product = county.products[words["product"]]
    sold = Article.objects.filter(brand_product=product, parent=None).order_by("pk")[0]
    size = sold.children.order_by("pk").first() or sold
    made = Article.objects.create(
        title=words["article"],
        slug=words["slug"],
        description=f"<p>{words['about'].strip()}</p>",
        product_class=sold.product_class,
        brand_product=product,
        gross_grams=size.gross_grams,
        net_grams=size.net_grams,
    )
    made.categories.set(sold.categories.all())
    StockRecord.objects.create(
        product=made,
        partner=size.stockrecords.get().partner,
        partner_sku=made.slug,
        price=Decimal(words["price"]),
        num_in_stock=0,
    )
    return made


def _book(county: County, presale: Presale, bookings: list[dict[str, Any]]) -> None:
    for words in bookings:
        at = county.calendar.moment(words["days"], words["clock"])
        share = Share(presale, words["quantity"], 1)
        order = placed(
            county, presale.article, buyer=words["buyer"], quantity=words["quantity"], at=at, share=share
        )
        paid(order, at=at)


def _bring_on(county: County, presale: Presale, words: dict[str, Any]) -> None:
    presale.refresh_from_db()
    then, now = words.get("then", {}), county.calendar.at
    match then.get("what"):
        case "delayed":
            from_day, to_day = (county.calendar.day(-days) for days in then["harvest"])
            delay(presale=presale, now_from=from_day, now_to=to_day, reason=then["why"], at=now, by=None)
        case "harvested":
            receive(stockrecord=presale.article.stockrecords.get(), quantity=then["stock"], at=now, by=None)
            open_balances(presale=presale, at=now, by=None)
        case "cancelled":
            cancel_presale(presale=presale, reason=then["why"], at=now, by=None)
