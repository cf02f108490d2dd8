"""Making coupons: what they are worth, for whom, how many."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from changes.outbox import record
from shop.offer.models import ConditionalOffer
from shop.promotions.setting import BadPromotion, Wanted, check, write
from shop.voucher.models import Voucher

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without look-alikes
_KINDS = {ConditionalOffer.Kind.SPEND_SAVE, ConditionalOffer.Kind.RATE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """How a coupon is given out. `quantity` None: no limit; `code` "": one is drawn."""

    audience: str = Voucher.Audience.EVERYBODY
    quantity: int | None = None
    per_person: int = 1
    valid_days: int | None = None
    code: str = ""


def set_coupon(
    *, wanted: Wanted, handed: Handed, at: datetime, by: User | None, voucher: Voucher | None = None
) -> Voucher:
    """Make a coupon, or change the one given. Those in people's hands are worth what it says now.

    Raises:
        BadPromotion: it makes no sense, there would be fewer than were claimed already, or somebody else
            took its name or code in this very moment.
    """
    check_coupon(wanted, handed, voucher)
    try:
        with transaction.atomic():
            kept = _keep(wanted, handed, voucher or Voucher(code=new_code()))
            record_act(kept, "changed" if voucher else "made", by=by, at=at)
            record(kept, region=wanted.region.slug)
            return kept
    except IntegrityError:
        check_coupon(wanted, handed, voucher)  # says what the database refused
        raise


def _keep(wanted: Wanted, handed: Handed, voucher: Voucher) -> Voucher:
    old = voucher.offers.first() if voucher.pk else None
    voucher = _write(wanted, handed, voucher)
    # the name of the offer is never shown; it must not meet that of a promotion
    offer = write(_unnamed(wanted, voucher), offer=old, offer_type=ConditionalOffer.VOUCHER)
    voucher.offers.set([offer])
    return voucher


def new_code() -> str:
    """Return a code nobody guesses."""
    return "".join(secrets.choice(LETTERS) for _ in range(10))


def check_coupon(wanted: Wanted, handed: Handed, voucher: Voucher | None) -> None:
    """Do nothing if a coupon can be made, or `voucher` be changed, like this. Two queries.

    Raises:
        BadPromotion: it makes no sense, its name or code is taken, or more were claimed.
    """
    check(wanted)
    if wanted.kind not in _KINDS:
        raise BadPromotion(_("A coupon takes an amount or a rate off."))
    if not wanted.campaign and not (wanted.starts_at and wanted.ends_at):
        raise BadPromotion(_("Say from when to when it is valid."))
    if voucher and handed.quantity is not None and handed.quantity < voucher.claimed:
        raise BadPromotion(_("%(number)d were claimed already.") % {"number": voucher.claimed})
    if handed.per_person < 1:
        raise BadPromotion(_("One for each person at least."))
    others = Voucher.objects.exclude(pk=voucher.pk if voucher else None)
    if others.filter(region=wanted.region, name=wanted.name).exists():
        raise BadPromotion(_("The county has a coupon of this name already."))
    if handed.code and others.filter(code=handed.code).exists():
        raise BadPromotion(_("Another coupon has this code."))


def _write(wanted: Wanted, handed: Handed, voucher: Voucher) -> Voucher:
    campaign = wanted.campaign
    voucher.region, voucher.name, voucher.campaign = wanted.region, wanted.name, campaign
    voucher.usage = Voucher.MULTI_USE  # who may use it how often is told by the coupons in hand
    voucher.start_datetime = campaign.starts_at if campaign else wanted.starts_at
    voucher.end_datetime = campaign.ends_at if campaign else wanted.ends_at
    voucher.audience, voucher.quantity = handed.audience, handed.quantity
    voucher.per_person, voucher.valid_days = handed.per_person, handed.valid_days
    voucher.code = handed.code or voucher.code
    voucher.save()
    return voucher


def _unnamed(wanted: Wanted, voucher: Voucher) -> Wanted:
    return Wanted(
        region=wanted.region,
        name=f"coupon {voucher.code}",
        kind=wanted.kind,
        threshold=wanted.threshold,
        value=wanted.value,
        articles=wanted.articles,
        seller=wanted.seller,
        campaign=wanted.campaign,
        starts_at=voucher.start_datetime,
        ends_at=voucher.end_datetime,
        description=wanted.description,
    )
