"""The packaging stock: a year at the store, each act by the function an officer's or member's click calls."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from accounts.models import User
from brand.models import (
    Licence,
    PackagingItem,
    PackagingRequest,
    PackagingReturn,
    Representative,
    StockTake,
    VIVersion,
)
from brand.packaging.asking import ask_for_packaging, withdraw_request
from brand.packaging.counting import close_take, enter_counts, open_take
from brand.packaging.deciding import approve_request, refuse_request
from brand.packaging.lapsing import lapse_request
from brand.packaging.leaving import pick_up
from brand.packaging.quota_setting import set_quota
from brand.packaging.reporting import report_use
from brand.packaging.returning import announce_return, take_back
from brand.packaging.shelf import receive, write_off
from demo.load.county import County
from demo.load.people import login

Words = dict[str, Any]


@dataclass
class Store:
    """A county's store while its year is played: what the content calls things by."""

    county: County
    officer: User
    items: dict[str, PackagingItem] = field(default_factory=dict)
    requests: dict[str, PackagingRequest] = field(default_factory=dict)
    returns: dict[str, PackagingReturn] = field(default_factory=dict)
    takes: dict[str, StockTake] = field(default_factory=dict)

    def licence(self, member: str) -> Licence:
        """Return the licence of a member that was given last."""
        return self.county.members[member].licences.order_by("-valid_from", "-pk")[0]

    def person(self, member: str) -> User | None:
        """Return whoever acts for a member, if anybody does."""
        tie = Representative.objects.filter(member=self.county.members[member]).select_related("user").first()
        return tie.user if tie else None


def add_packaging(county: County) -> None:
    """Add the items, then play what happened in the order of its days."""
    content = county.content("packaging")
    store = Store(county, User.objects.get(email=login("brand_officer")))
    for words in content["item"]:
        _add_item(store, dict(words))
    for words in content["quota"]:
        _set(store, words)
    for words in sorted(content["act"], key=lambda act: -act["days"]):
        moment = county.calendar.moment(words["days"], words.get("clock", "10:00"))
        _VERBS[words["do"]](store, words, min(moment, county.calendar.at))


def _add_item(store: Store, words: Words) -> None:
    county, key = store.county, words.pop("key")
    product, artwork = words.pop("product", ""), words.pop("artwork", "")
    until, successor = words.pop("until_days", None), words.pop("successor", "")
    store.items[key] = PackagingItem.objects.create(
        region=county.region,
        product=county.products.get(product),
        artwork=_artwork(county, artwork, number=words.pop("version", 1)),
        issue_until=county.calendar.optional_day(until),
        successor=store.items.get(successor),
        **words,
    )


def _artwork(county: County, slug: str, *, number: int) -> VIVersion | None:
    versions = VIVersion.objects.filter(asset__region=county.region, asset__slug=slug)
    versions = versions.exclude(published_at=None)
    return versions.filter(number__lte=number).order_by("-number").first()


def _set(store: Store, words: Words) -> None:
    licence = store.licence(words["member"])
    at = store.county.calendar.moment(words.get("days", 160), "09:00")
    for key, quantity in words["items"].items():
        set_quota(licence=licence, item=store.items[key], quantity=quantity, by=store.officer, at=at)


def _receive(store: Store, words: Words, at: datetime) -> None:
    item = store.items[words["item"]]
    receive(item=item, quantity=words["quantity"], note=words["note"], by=store.officer, at=at)


def _write_off(store: Store, words: Words, at: datetime) -> None:
    item = store.items[words["item"]]
    write_off(item=item, quantity=words["quantity"], reason=words["note"], by=store.officer, at=at)


def _ask(store: Store, words: Words, at: datetime) -> None:
    store.requests[words["request"]] = ask_for_packaging(
        member=store.county.members[words["member"]],
        licence=store.licence(words["member"]),
        quantities={store.items[key]: count for key, count in words["items"].items()},
        wish=words.get("note", ""),
        by=store.person(words["member"]),
        at=at,
        tell=False,
    )


def _approve(store: Store, words: Words, at: datetime) -> None:
    request = store.requests[words["request"]]
    granted = {
        line.pk: words["granted"][key]
        for line in request.lines.all()
        for key, item in store.items.items()
        if line.item_id == item.pk and key in words.get("granted", {})
    }
    facts = {"granted": granted, "reason": words.get("note", ""), "by": store.officer, "at": at}
    approve_request(request=request, tell=words.get("tell", False), **facts)


def _refuse(store: Store, words: Words, at: datetime) -> None:
    refuse_request(request=store.requests[words["request"]], reason=words["note"], by=store.officer, at=at)


def _withdraw(store: Store, words: Words, at: datetime) -> None:
    request = store.requests[words["request"]]
    withdraw_request(request=request, by=request.asked_by, at=at)


def _pick_up(store: Store, words: Words, at: datetime) -> None:
    pick_up(request=store.requests[words["request"]], collector=words["who"], by=store.officer, at=at)


def _lapse(store: Store, words: Words, at: datetime) -> None:
    lapse_request(request=store.requests[words["request"]], at=at)


def _report(store: Store, words: Words, at: datetime) -> None:
    report_use(
        member=store.county.members[words["member"]],
        item=store.items[words["item"]],
        used=words.get("used", 0),
        spoiled=words.get("spoiled", 0),
        note=words.get("note", ""),
        by=store.person(words["member"]),
        at=at,
    )


def _announce(store: Store, words: Words, at: datetime) -> None:
    store.returns[words["return"]] = announce_return(
        member=store.county.members[words["member"]],
        item=store.items[words["item"]],
        quantity=words["quantity"],
        note=words.get("note", ""),
        by=store.person(words["member"]),
        at=at,
        tell=False,
    )


def _take_back(store: Store, words: Words, at: datetime) -> None:
    back = store.returns[words["return"]]
    take_back(back=back, good=words["good"], damaged=words.get("damaged", 0), by=store.officer, at=at)


def _count(store: Store, words: Words, at: datetime) -> None:
    """Count what the content tells of as so many more or fewer than the books say; the rest is right."""
    take = open_take(region=store.county.region, by=store.officer, at=at)
    told = {store.items[row["item"]].pk: row for row in words.get("differences", [])}
    entered = {
        count.pk: (
            max(0, count.expected + told.get(count.item_id, {}).get("by", 0)),
            str(told.get(count.item_id, {}).get("why", "")),
        )
        for count in take.counts.all()
    }
    enter_counts(take=take, entered=entered)
    if not words.get("open"):
        close_take(take=take, by=store.officer, at=at)


_VERBS: dict[str, Callable[[Store, Words, datetime], None]] = {
    "receive": _receive,
    "write_off": _write_off,
    "ask": _ask,
    "approve": _approve,
    "refuse": _refuse,
    "withdraw": _withdraw,
    "pick_up": _pick_up,
    "lapse": _lapse,
    "report": _report,
    "announce": _announce,
    "take_back": _take_back,
    "count": _count,
}
