"""Tables of articles: known by their seller and its number, changed or made, with price.

Two sellers may number alike, so a line says whose article it is: by the seller or by the GTIN.

Stock of articles that are there is not taken from a table: it changes by receipts and counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from brand.acts.models import record_act
from brand.models import Product as Licensed
from lib.pinyin import slug_of
from shop.catalogue.models import Category, Product
from shop.catalogue.saving import kind_of_goods
from shop.listing.keeping import keep
from shop.partner.models import Partner, StockRecord
from shop.sheets.columns import Cells, Checked, Column, Kind, Refused, State, changes, money, whole
from shop.stock.receiving import receive
from shop.stock.refusals import StockRefused

COLUMNS = (
    Column("sku", gettext_lazy("article number"), "luchengdacong-5kg", needed=True),
    Column("seller", gettext_lazy("seller"), "潞城区张家河大葱专业合作社"),
    Column("title", gettext_lazy("title"), "潞城大葱 鲜葱", needed=True),
    Column("gtin", gettext_lazy("GTIN of the licensed product"), "06971406000014"),
    Column("category", gettext_lazy("category"), "鲜货"),
    Column("price", gettext_lazy("price"), "39.80", needed=True),
    Column("was_price", gettext_lazy("struck price"), "45.00"),
    Column("was_basis", gettext_lazy("basis of the struck price"), "11 月 1 日至 11 月 10 日的成交价"),
    Column("gross", gettext_lazy("weight packed, in grams"), "5300"),
    Column("net", gettext_lazy("net content, in grams"), "5000"),
    Column("low", gettext_lazy("tell when fewer are left"), "20"),
    Column("shown", gettext_lazy("on sale"), "是"),
    Column("stock", gettext_lazy("first stock of a new article"), "100"),
)
_YES, _NO = {"是", "yes", "1", "true", "y"}, {"否", "no", "0", "false", "n"}


@dataclass(frozen=True, slots=True)
class Meant:
    """What a line means: what is there (or nothing), and what is to be."""

    stock: StockRecord | None
    product: Licensed | None
    categories: list[Category]
    article: dict[str, Any]
    record: dict[str, Any]
    first: int


def _meant(cells: Cells) -> Meant:
    licensed = _licensed(cells)
    stock = (
        StockRecord.objects.filter(partner=_seller(cells, licensed), partner_sku=cells["sku"].strip())
        .select_related("product__brand_product", "partner")
        .first()
    )
    product = _product(licensed, stock)
    return Meant(
        stock, product, _categories(cells), _article(cells), _record(cells), whole(cells, "stock") or 0
    )


def _licensed(cells: Cells) -> Licensed | None:
    """Return the licensed product the line names, None where it names none."""
    gtin = cells.get("gtin", "").strip()
    if not gtin:
        return None
    found = Licensed.objects.filter(gtin=gtin.zfill(14)).select_related("member").first()
    if found is None:
        raise Refused(_("No licensed product has the GTIN %(gtin)s.") % {"gtin": gtin.zfill(14)})
    return found


def _seller(cells: Cells, licensed: Licensed | None) -> Partner:
    """Return whose article the line is about."""
    named = _named(cells.get("seller", "").strip())
    if licensed is None:
        if named is None:
            raise Refused(_("Say whose article it is: write its seller or the GTIN of its product."))
        return named
    makes = Partner.objects.filter(member=licensed.member).first()
    if makes is None:
        raise Refused(_("%(member)s is no seller yet. Make it one first.") % {"member": licensed.member.name})
    if named is not None and named != makes:
        raise Refused(_("The product of this GTIN is made by %(seller)s.") % {"seller": makes.name})
    return makes


def _named(name: str) -> Partner | None:
    if not name:
        return None
    found = list(Partner.objects.filter(Q(name=name) | Q(code=name))[:2])
    if len(found) != 1:
        text = _("%(seller)s is not one seller here. Write the name as in the list of sellers.")
        raise Refused(text % {"seller": name})
    return found[0]


def _product(licensed: Licensed | None, stock: StockRecord | None) -> Licensed | None:
    """Return the licensed product of a new article; that of one that is there stays."""
    if stock is None:
        if licensed is None:
            raise Refused(_("A new article needs the GTIN of its licensed product."))
        return licensed
    there = stock.product.brand_product
    if licensed is not None and there is not None and there != licensed:
        raise Refused(_("This article is another licensed product. Its product does not change by a table."))
    return None


def _categories(cells: Cells) -> list[Category]:
    names = [name for name in cells.get("category", "").replace("，", "、").split("、") if name.strip()]
    found = []
    for name in names:
        category = Category.objects.filter(name=name.strip()).first()
        if category is None:
            raise Refused(_("There is no category %(name)s.") % {"name": name.strip()})
        found.append(category)
    return found


def _article(cells: Cells) -> dict[str, Any]:
    facts: dict[str, Any] = {"title": cells["title"].strip()[:255]}
    for name, key in (("gross_grams", "gross"), ("net_grams", "net")):
        if (number := whole(cells, key)) is not None:
            facts[name] = number
    if shown := cells.get("shown", "").strip().casefold():
        if shown not in _YES | _NO:
            raise Refused(_("On sale is 是 or 否, not %(text)s.") % {"text": shown})
        facts["is_public"] = shown in _YES
    return facts


def _record(cells: Cells) -> dict[str, Any]:
    price, was = money(cells, "price"), money(cells, "was_price")
    basis = cells.get("was_basis", "").strip()[:100]
    if not price:
        raise Refused(_("The price is 0."))
    if was is not None and not basis:
        raise Refused(_("A struck price needs its basis in words."))
    if was is not None and was <= price:
        raise Refused(_("The struck price is not above the price."))
    facts: dict[str, Any] = {"price": price}
    if was is not None:
        facts |= {"was_price": was, "was_basis": basis}
    if (low := whole(cells, "low")) is not None:
        facts["low_stock_threshold"] = low
    return facts


def _check(cells: Cells, at: datetime) -> Checked:
    meant = _meant(cells)
    if meant.stock is None:
        seller: Any = meant.product  # `_product` refuses a new article without one
        return Checked(State.READY, [_("New article, sold by %(seller)s.") % {"seller": seller.member.name}])
    says = changes(
        {str(_label(thing, name)): (getattr(thing, name), now)
         for thing, facts in ((meant.stock.product, meant.article), (meant.stock, meant.record))
         for name, now in facts.items()}
    )  # fmt: skip
    has = set(meant.stock.product.categories.all())
    if meant.categories and has != set(meant.categories):
        was, now = ("、".join(one.name for one in some) for some in (has, meant.categories))
        says += changes({_("category"): (was, now)})
    if meant.first:
        says.append(_("Stock is not taken from a table: it changes by receipts and counts."))
    return Checked(State.READY if any("→" in one for one in says) else State.SAME, says)


def _label(thing: Any, name: str) -> Any:
    return thing._meta.get_field(name).verbose_name


def _take(cells: Cells, at: datetime, by: User) -> Checked:
    checked, meant = _check(cells, at), _meant(cells)
    if meant.stock is None:
        article = _made(meant, sku=cells["sku"].strip(), at=at, by=by)
    else:
        article = meant.stock.product
        _save(article, meant.article)
        _save(meant.stock, meant.record)
    if meant.categories:
        article.categories.set(meant.categories)
    record_act(article, "edited" if meant.stock else "added", by=by, at=at, note="、".join(checked.says))
    keep(article.pk)
    return Checked(State.DONE, checked.says)


def _save(thing: Any, facts: dict[str, Any]) -> None:
    for name, value in facts.items():
        setattr(thing, name, value)
    thing.save(update_fields=list(facts))


def _made(meant: Meant, *, sku: str, at: datetime, by: User) -> Product:
    product = meant.product
    if product is None:  # `_product` refused it
        raise Refused(_("A new article needs the GTIN of its licensed product."))
    article = Product.objects.create(
        slug=slug_of(meant.article["title"])[:200] or sku,
        product_class=kind_of_goods(),
        brand_product=product,
        **meant.article,
    )
    stock = StockRecord.objects.create(
        product=article, partner=Partner.objects.get(member=product.member), partner_sku=sku, num_in_stock=0,
        **meant.record,
    )  # fmt: skip
    if meant.first:
        try:
            receive(stockrecord=stock, quantity=meant.first, at=at, by=by, note=_("from a table"))
        except StockRefused as error:
            raise Refused(str(error)) from error
    return article


def _rows() -> Iterator[dict[str, Any]]:
    records = StockRecord.objects.select_related("product__brand_product", "partner").prefetch_related(
        "product__categories"
    )
    for record in records.order_by("partner", "partner_sku"):
        article = record.product
        yield {
            "sku": record.partner_sku, "seller": record.partner.name, "title": article.title,
            "gtin": article.brand_product.gtin if article.brand_product else "",
            "category": "、".join(one.name for one in article.categories.all()),
            "price": record.price, "was_price": record.was_price, "was_basis": record.was_basis,
            "gross": article.gross_grams, "net": article.net_grams, "low": record.low_stock_threshold,
            "shown": "是" if article.is_public else "否",
        }  # fmt: skip


ARTICLES = Kind(
    "articles",
    gettext_lazy("Articles"),
    gettext_lazy(
        "Articles are known by their seller and number: what is there is changed, what is new is made. "
        "An empty cell changes nothing."
    ),
    COLUMNS,
    _check,
    _take,
    "catalogue.change_product",
    _rows,
)
