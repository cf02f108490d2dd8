"""Making a claim: what is asked, for how many, with photos; the seller has the word."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from brand.acts.models import record_act
from brand.counters.models import next_number
from record.models import Code
from shop.aftersales.gifts import gifts_due, worth
from shop.aftersales.models import Claim, ClaimGift, ClaimPhoto
from shop.aftersales.telling import tell_made
from shop.aftersales.windows import Reason, Way, ways_for
from shop.fulfilment.models import ParcelCode
from shop.order.models import Line, Order
from shop.payments.refunding import refundable, share

ANSWER_WITHIN: Final = {
    Claim.Kind.SPOILAGE: timedelta(hours=24),  # the proof does not keep either
}
ANSWER_USUALLY_WITHIN: Final = timedelta(hours=48)
MOST_PHOTOS: Final = 6
KEEPS_TOO_MUCH: Final = gettext_lazy(
    "The gift is worth more than what would go back: send it back with the article."
)
NEEDS_PHOTO: Final = {Reason.SPOILED, Reason.DAMAGED, Reason.WRONG, Reason.SHORT}


class NotClaimable(ValueError):
    """This cannot be asked for; the text says why in plain words. Nothing was kept."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the buyer filled in. `amount` only where money goes back while the goods stay, else the share.

    `keeps_gifts` decides about gifts that go with what is sent back; None: nobody asked, they come too.
    """

    kind: str
    reason: str
    quantity: int
    words: str = ""
    amount: Decimal | None = None
    code: Code | None = None
    keeps_gifts: bool | None = None


def make_claim(
    *, line: Line, asked: Asked, photos: Iterable[ContentFile], at: datetime, by: User | None = None
) -> Claim:
    """Make a claim of `asked` for `line` and tell the seller.

    The order's row is locked, so that a refund and a claim do not count the same units; that a line has one
    open claim is a constraint of the database. `photos` were checked (`lib.pictures`).

    Raises:
        NotClaimable: see there.
    """
    kept = list(photos)
    try:
        with transaction.atomic():
            Order.objects.select_for_update(of=("self",)).get(pk=line.order_id)
            held = Line.objects.select_related("order", "product").get(pk=line.pk)
            _check(held, asked, len(kept), at=at)
            claim = _write(held, asked, at=at)
            for photo in kept:
                ClaimPhoto.objects.create(claim=claim, file=photo, added_at=at)
            record_act(claim, "made", by=by, at=at, note=asked.words, detail={"side": "buyer"})
    except IntegrityError:
        raise NotClaimable(_("A claim on this article is open already.")) from None
    tell_made(claim, at=at)
    return claim


def code_in_parcel(line: Line, serial: str) -> Code | None:
    """Return the code of a package that lies in a parcel of `line`, None for any other. One query."""
    packed = ParcelCode.objects.filter(line__owed__line=line, code__serial=serial.upper())
    found = packed.select_related("code").first()
    return found.code if found else None


def most_money(line: Line, quantity: int) -> Decimal:
    """Return what `quantity` of the line were paid with and were not given back. Two queries."""
    return min(share(line, quantity), refundable(line.order)[line])


def _check(line: Line, asked: Asked, photos: int, *, at: datetime) -> None:
    ways = ways_for(line, at=at)
    if ways.why_none:
        raise NotClaimable(ways.why_none)
    way: Way | None = ways.way(asked.kind)
    if way is None:
        closed = next((way for way in ways.ways if way.kind == asked.kind), None)
        raise NotClaimable(closed.why_not if closed else _("This cannot be asked for."))
    if asked.reason not in way.reasons:
        raise NotClaimable(_("This reason does not go with what you ask for."))
    if not 1 <= asked.quantity <= ways.left:
        raise NotClaimable(_("You can ask for %(left)d at most.") % {"left": ways.left})
    if asked.reason in NEEDS_PHOTO and not photos:
        raise NotClaimable(_("Add a photo: it is what the seller goes by."))
    if photos > MOST_PHOTOS:
        raise NotClaimable(_("%(most)d photos at most.") % {"most": MOST_PHOTOS})


def _write(line: Line, asked: Asked, *, at: datetime) -> Claim:
    dues = gifts_due(line, asked.quantity) if asked.kind == Claim.Kind.RETURN else []
    kept = dues if asked.keeps_gifts else []
    most = most_money(line, asked.quantity) - worth(kept)
    if kept and most <= 0:
        raise NotClaimable(str(KEEPS_TOO_MUCH))
    made = _row(line, asked, most, at=at)
    for due in dues:
        deducted = due.value if kept else 0
        ClaimGift.objects.create(claim=made, line=due.line, quantity=due.quantity, deducted=deducted)
    return made


def _row(line: Line, asked: Asked, most: Decimal, *, at: datetime) -> Claim:
    amount = most if asked.amount is None else asked.amount
    if not 0 <= amount <= most:
        raise NotClaimable(_("You can ask for ¥%(most)s at most.") % {"most": most})
    day = f"{timezone.localtime(at):%y%m%d}"
    return Claim.objects.create(
        number=f"SH{day}-{next_number(f'claims:{day}'):04d}",
        line=line,
        kind=asked.kind,
        reason=asked.reason,
        quantity=asked.quantity,
        words=asked.words,
        code=asked.code,
        amount=Decimal(0) if asked.kind == Claim.Kind.EXCHANGE else amount,
        made_at=at,
        due_at=at + ANSWER_WITHIN.get(Claim.Kind(asked.kind), ANSWER_USUALLY_WITHIN),
    )
