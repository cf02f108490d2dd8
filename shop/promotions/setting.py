"""Making and changing promotions and coupons: the one write path of Oscar's offers and vouchers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from brand.models import Region
from changes.outbox import record
from shop.catalogue.models import Product
from shop.offer.models import Benefit, Condition, ConditionalOffer, Range
from shop.partner.models import Partner
from shop.promotions.models import Campaign

Kind = ConditionalOffer.Kind
_NEEDS_VALUE = {Kind.BUNDLE, Kind.RATE, Kind.SPEND_SAVE}


class BadPromotion(ValueError):
    """The promotion makes no sense like this; the text says why. Nothing was changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A promotion as an operator says it.

    `threshold` is in yuan, or in pieces if `by_count`; `value` in yuan, in per cent off for RATE, the price
    of the set for BUNDLE. `articles` None: all of the county (or of the seller). `times` None: as often as
    it fits. A campaign's promotion has its dates.
    """

    region: Region
    name: str
    kind: str
    threshold: Decimal = Decimal(0)
    value: Decimal = Decimal(0)
    by_count: bool = False
    articles: Sequence[Product] | None = None
    seller: Partner | None = None
    provinces: Sequence[str] = ()
    times: int | None = 1
    limit: int | None = None
    priority: int = 0
    gift: Product | None = None
    gift_quantity: int = 1
    campaign: Campaign | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    description: str = ""


def set_offer(
    *, wanted: Wanted, at: datetime, by: User | None, offer: ConditionalOffer | None = None
) -> ConditionalOffer:
    """Make a promotion, or change the one given; baskets count it from now on.

    Raises:
        BadPromotion: it makes no sense, or somebody else took its name in this very moment.
    """
    check_offer(wanted, offer)
    try:
        with transaction.atomic():
            verb = "changed" if offer else "made"
            kept = write(wanted, offer=offer, offer_type=ConditionalOffer.SITE)
            record_act(kept, verb, by=by, at=at)
            record(kept, region=wanted.region.slug)
            return kept
    except IntegrityError:
        check_offer(wanted, offer)  # says what the database refused, where it was the name
        raise


def stop_offer(*, offer: ConditionalOffer, at: datetime, by: User | None) -> None:
    """Take a promotion out of force at once; orders keep what it took off."""
    _switch(offer, ConditionalOffer.SUSPENDED, "stopped", at=at, by=by)


def resume_offer(*, offer: ConditionalOffer, at: datetime, by: User | None) -> None:
    """Put a promotion that was stopped into force again, within its dates."""
    _switch(offer, ConditionalOffer.OPEN, "resumed", at=at, by=by)


def check_offer(wanted: Wanted, offer: ConditionalOffer | None) -> None:
    """Do nothing if a promotion can be made, or `offer` be changed, like this. One query.

    Raises:
        BadPromotion: it makes no sense, its name is taken, or it was used more often than it is to count.
    """
    check(wanted)
    same = ConditionalOffer.objects.filter(region=wanted.region, name=wanted.name)
    if same.exclude(pk=offer.pk if offer else None).exists():
        raise BadPromotion(_("The county has a promotion of this name already."))
    if offer and wanted.limit is not None and offer.num_applications > wanted.limit:
        raise BadPromotion(_("It was used %(number)d times already.") % {"number": offer.num_applications})


def check(wanted: Wanted) -> None:
    """Do nothing if the promotion makes sense.

    Raises:
        BadPromotion: it does not.
    """
    if wanted.ends_at and wanted.starts_at and wanted.ends_at <= wanted.starts_at:
        raise BadPromotion(_("It ends before it begins."))
    if wanted.kind in _NEEDS_VALUE and wanted.value <= 0:
        raise BadPromotion(_("Say how much it takes off, or what the set costs."))
    if wanted.kind == Kind.RATE and wanted.value >= 100:
        raise BadPromotion(_("That is everything: less than 100 per cent."))
    if wanted.kind == Kind.SPEND_SAVE and 0 < wanted.threshold <= wanted.value:
        raise BadPromotion(_("It takes off as much as is to be spent."))
    if wanted.kind == Kind.BUNDLE and len(wanted.articles or ()) < 2:
        raise BadPromotion(_("A set has two articles at least."))
    if wanted.kind == Kind.GIFT and wanted.gift is None:
        raise BadPromotion(_("Say which article is the gift."))
    if wanted.kind == Kind.GIFT and wanted.limit is not None:  # nothing counts them but their stock
        raise BadPromotion(_("There are as many gifts as there are in stock: leave that limit empty."))
    if wanted.kind in {Kind.GIFT, Kind.FREIGHT} and wanted.threshold <= 0:
        raise BadPromotion(_("Say from which sum or number on."))


def write(wanted: Wanted, *, offer: ConditionalOffer | None, offer_type: str) -> ConditionalOffer:
    """Write the rows of a promotion: what it speaks of, from what on, what it gives. In a transaction."""
    offer = offer or ConditionalOffer(offer_type=offer_type)
    new = offer.pk is None
    scope = _scope(wanted, None if new else offer.condition.range)
    condition = Condition() if new else offer.condition
    condition.type = Condition.COUNT if _counts(wanted) else Condition.VALUE
    condition.range, condition.value = scope, wanted.threshold
    condition.save()
    benefit = Benefit() if new else offer.benefit
    benefit.type, benefit.value = _BENEFITS[ConditionalOffer.Kind(wanted.kind)], wanted.value or None
    benefit.gift, benefit.gift_quantity = wanted.gift, wanted.gift_quantity
    benefit.save()
    for name, value in _facts(wanted).items():
        setattr(offer, name, value)
    offer.condition, offer.benefit = condition, benefit
    offer.save()
    return offer


_BENEFITS = {
    Kind.BUNDLE: Benefit.FIXED_PRICE,
    Kind.RATE: Benefit.PERCENTAGE,
    Kind.SPEND_SAVE: Benefit.FIXED,
    Kind.GIFT: "",
    Kind.FREIGHT: Benefit.SHIPPING_ABSOLUTE,
}


def _facts(wanted: Wanted) -> dict[str, Any]:
    campaign = wanted.campaign
    return {
        "region": wanted.region,
        "name": wanted.name,
        "kind": wanted.kind,
        "description": wanted.description,
        "seller": wanted.seller,
        "provinces": ",".join(wanted.provinces),
        "campaign": campaign,
        "priority": wanted.priority,
        "max_basket_applications": wanted.times,
        "max_global_applications": wanted.limit,
        "start_datetime": campaign.starts_at if campaign else wanted.starts_at,
        "end_datetime": campaign.ends_at if campaign else wanted.ends_at,
    }


def _counts(wanted: Wanted) -> bool:
    return wanted.by_count or wanted.kind == Kind.RATE


def _scope(wanted: Wanted, scope: Range | None) -> Range:
    """Write which articles it speaks of. Oscar names ranges; nobody reads these names."""
    if scope is None:
        scope = Range(name=f"{wanted.region.slug} {uuid4().hex} {wanted.name}"[:128])
    scope.includes_all_products = wanted.articles is None
    scope.save()
    scope.included_products.set(wanted.articles or [])
    return scope


def _switch(offer: ConditionalOffer, status: str, verb: str, *, at: datetime, by: User | None) -> None:
    with transaction.atomic():
        if not ConditionalOffer.objects.filter(pk=offer.pk).exclude(status=status).update(status=status):
            return
        offer.status = status
        record_act(offer, verb, by=by, at=at)
        record(offer, region=offer.region.slug if offer.region else "")
