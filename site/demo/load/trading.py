"""Stock, settlement and trade of a county: deliveries, terms, statements, buyers who buy by the crate."""

from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from django.db.models import Q

from accounts.models import User
from demo.load.county import County
from demo.load.people import login
from shop.models import Quotation, Statement, StockLot
from shop.partner.models import Partner, StockRecord
from shop.settlement.agreeing import agree_terms, price_supply
from shop.settlement.deciding import confirm_statement, object_to_statement, pay_out
from shop.settlement.drawing import draw_statement
from shop.stock.counting import close_take, enter_counts, open_take
from shop.stock.losing import write_off
from shop.stock.receiving import receive
from shop.stock.shelves import store_of
from shop.trade.accepting import accept
from shop.trade.answering import decline, offer
from shop.trade.applying import Applicant, apply
from shop.trade.approving import approve
from shop.trade.asking import ask
from shop.trade.buyers import TradeBuyer
from shop.trade.tiers import set_tiers

# the days of the two statements, counted back: the earlier is paid out, the later waits
SETTLED: Final = (60, 17)
WAITING: Final = (16, 3)


def add_stock(county: County) -> None:
    """Let goods come in, lot by lot, before anything is sold; agree on terms with who sells."""
    words = county.content("trading")
    for lot in words.get("lot", []):
        _receive(county, lot)
    for slug, level in words.get("low", {}).items():
        StockRecord.objects.filter(pk=_sold(slug).pk).update(low_stock_threshold=level)
    for seller in _sellers(county):
        _agree(county, seller, words["terms"])
    for slug, price in words.get("supply", {}).items():
        price_supply(stockrecord=_sold(slug), price=Decimal(price), valid_from=county.calendar.day(90))


def add_trading(county: County) -> None:
    """Draw up statements of what was sold, count a shelf, let buyers ask for trade prices."""
    words = county.content("trading")
    for seller in _sellers(county):
        _settle(county, seller)
    for tiers in words.get("tiers", []):
        rows = [(least, Decimal(price)) for least, price in tiers["rows"]]
        set_tiers(stockrecord=_sold(tiers["article"]), tiers=rows)
    if "take" in words:
        _count(county, words["take"])
    buyers = [_apply(county, buyer) for buyer in words.get("buyer", [])]
    for quotation in words.get("quotation", []):
        _ask(county, buyers[quotation["buyer"]], quotation)


def _sold(slug: str) -> StockRecord:
    """Return what is sold of an article; of one with variants, the first."""
    found = StockRecord.objects.filter(Q(product__slug=slug) | Q(product__parent__slug=slug))
    return found.select_related("product__parent", "partner__member").order_by("pk")[0]


def _sellers(county: County) -> list[Partner]:
    return list(Partner.objects.filter(member__region=county.region).order_by("pk"))


def _receive(county: County, words: dict[str, Any]) -> None:
    at = county.calendar.moment(words["days"], "09:20")
    keeps = words.get("keeps")
    done = receive(
        stockrecord=_sold(words["article"]),
        quantity=words["quantity"],
        lot_number=words["number"],
        expires_on=county.calendar.day(words["days"] - keeps) if keeps else None,
        cost=Decimal(words["cost"]) if "cost" in words else None,
        note=words.get("note", ""),
        at=at,
        by=None,
    )
    if "spoiled" in words:
        lot = StockLot.objects.select_related("stockrecord").get(pk=done.lot_id)
        later = at + timedelta(days=2)
        write_off(lot=lot, quantity=words["spoiled"], why=words["why"], at=later, by=None)


def _agree(county: County, seller: Partner, words: dict[str, str]) -> None:
    agree_terms(
        partner=seller,
        valid_from=county.calendar.day(120),
        basis=words.get("basis", "commission"),
        rate=Decimal(words["rate"]),
        promotion_share=Decimal(words["promotion_share"]),
        agreed=words["agreed"],
        at=county.calendar.at,
        by=None,
    )


def _settle(county: County, seller: Partner) -> None:
    """Draw up two statements: the first confirmed and paid out, the second waiting for the supplier."""
    at = county.calendar.at
    for first, last in (SETTLED, WAITING):
        days = {"first": county.calendar.day(first), "last": county.calendar.day(last)}
        made = draw_statement(partner=seller, **days, at=at, by=None)
        if not made.lines.exists():
            made.delete()
        elif (first, last) == SETTLED:
            confirm_statement(statement=made, by=None, at=at - timedelta(days=12))
            reference = f"农信社 {made.last:%m%d}{made.pk:04d}"
            pay_out(statement=made, bank_reference=reference, by=None, at=at - timedelta(days=10))
        elif Statement.objects.filter(partner__member__region=county.region).count() % 4 == 3:
            text = "有一单运费是我们自己付给快递的，没算进来，麻烦核一下。"
            object_to_statement(statement=made, objection=text, by=None, at=at)


def _count(county: County, words: dict[str, Any]) -> None:
    seller = _sold(words["article"]).partner
    at = county.calendar.moment(words["days"], "17:30")
    take = open_take(partner=seller, place=store_of(seller), by=None, at=at)
    counts = list(take.counts.order_by("pk"))
    entered: dict[int, tuple[int | None, str]] = {count.pk: (count.expected, "") for count in counts}
    entered[counts[0].pk] = (counts[0].expected - words["missing"], words["why"])
    enter_counts(take=take, entered=entered)
    close_take(take=take, by=None, at=at + timedelta(minutes=40))


def _apply(county: County, words: dict[str, str]) -> TradeBuyer:
    at = county.calendar.moment(14, "10:05")
    facts = {name: words[name] for name in Applicant.__dataclass_fields__ if name in words}
    buyer = apply(user=_user(words["account"]), region=county.region, applicant=Applicant(**facts), at=at)
    if words.get("approved", True):
        approve(buyer=buyer, by=None, at=at + timedelta(hours=20))
    return buyer


def _user(account: str) -> User:
    """Return the demo's person of a role, or somebody with an address who never signs in."""
    email = login(account)
    return User.objects.filter(email=email).first() or User.objects.create_user(email, verified=True)


def _ask(county: County, buyer: TradeBuyer, words: dict[str, Any]) -> None:
    at = county.calendar.moment(words["days"], "11:15")
    wishes = [(_sold(slug), quantity) for slug, quantity in words["goods"].items()]
    [made] = ask(buyer=buyer, wishes=wishes, note=words.get("note", ""), at=at)
    if "declined" in words:
        decline(quotation=made, reason=words["declined"], by=None, at=at + timedelta(hours=3))
    if "prices" in words:
        _offer(county, made, words, at + timedelta(hours=4))
    if words.get("ordered"):
        made.refresh_from_db()
        accept(quotation=made, by=None, at=at + timedelta(hours=9))


def _offer(county: County, made: Quotation, words: dict[str, Any], at: Any) -> None:
    prices = zip(made.lines.order_by("pk"), words["prices"].values(), strict=True)
    offer(
        quotation=made,
        prices={line.pk: Decimal(price) for line, price in prices},
        freight=Decimal(words["freight"]),
        valid_until=county.calendar.day(-7),
        note=words.get("answer", ""),
        by=None,
        at=at,
    )
