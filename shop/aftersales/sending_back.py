"""Goods on their way back: the buyer's waybill, and what the seller finds when they are there."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from record.codes.selling import take_back_codes
from shop.aftersales.answering import NoReason
from shop.aftersales.models import Claim
from shop.aftersales.objecting import DECIDE_WITHIN
from shop.aftersales.paying_back import pay_back
from shop.aftersales.resending import resend
from shop.aftersales.states import NotYourTurn, State, move
from shop.aftersales.telling import tell_answer, tell_office, tell_sent_back
from shop.fulfilment.models import ParcelCode
from shop.order.models import Line
from shop.payments.settling import hold_order
from shop.stock.returning import put_back

LOOK_WITHIN: Final = timedelta(days=7)  # then the goods count as come back


def sent_back(*, claim: Claim, carrier: str, waybill: str, at: datetime, by: User | None = None) -> None:
    """Note by which waybill the buyer sent it back.

    Raises:
        NoReason: the waybill is missing.
        NotYourTurn: nothing is to be sent back now.
    """
    if not waybill.strip():
        raise NoReason(_("Enter the number on the waybill."))
    with transaction.atomic():
        move(
            claim, State.BACK, verb="sent_back", side="buyer", at=at, by=by, due_at=at + LOOK_WITHIN,
            carrier=carrier.strip()[:40], waybill=waybill.strip()[:40],
        )  # fmt: skip
    tell_sent_back(claim, at=at)


def came_back(
    *,
    claim: Claim,
    good: bool,
    at: datetime,
    by: User | None,
    side: str = "seller",
    freight: Decimal = Decimal(0),
    serials: tuple[str, ...] = (),
    note: str = "",
) -> None:
    """Take the goods back: into the stock where `good`, written off else; then pay, or send another one.

    `serials` are the codes of unopened packages among them, which may be sold again.

    Raises:
        NotYourTurn: nothing is on its way back.
        NotRefundable, SoldOut, NothingWentOut, CodesRefused: it cannot be done; nothing changed.
    """
    with transaction.atomic():
        hold_order(claim.line.order_id)  # the order before the stock, as every verb of goods and money does
        held = (
            Claim.objects.select_for_update(of=("self",)).select_related("line__stockrecord").get(pk=claim.pk)
        )
        if held.state != State.BACK:
            raise NotYourTurn(_("This claim has moved on meanwhile. Look at it again."))
        claim.came_back_at = held.came_back_at = at
        held.save(update_fields=["came_back_at"])
        for line, pieces in _pieces(held):
            put_back(
                stockrecord=line.stockrecord, quantity=pieces, at=at, by=by, line=line, good=good,
                note=held.number,
            )  # fmt: skip
        _take_codes_back(held, serials, good=good, at=at, by=by)
        if held.kind == Claim.Kind.EXCHANGE:
            resend(claim=claim, side=side, at=at, by=by, note=note)
        else:
            pay_back(claim=claim, amount=claim.amount, freight=freight, side=side, at=at, by=by, note=note)
    tell_answer(claim, note=note, at=at)


def dispute_return(*, claim: Claim, reason: str, at: datetime, by: User | None) -> None:
    """Bring before the office what came back: something else, or used up.

    Raises:
        NoReason: no reason was given.
        NotYourTurn: nothing is on its way back.
    """
    if not reason.strip():
        raise NoReason(_("Say why: the buyer and the office read it."))
    with transaction.atomic():
        until = at + DECIDE_WITHIN
        move(claim, State.OFFICE, verb="disputed", side="seller", at=at, by=by, note=reason, due_at=until)
    tell_office(claim, at=at)
    tell_answer(claim, note=reason, at=at)


def _pieces(claim: Claim) -> list[tuple[Line, int]]:
    """Return what came back, gifts too, in one order, so that no two wait for each other's stock."""
    gifts = claim.gifts.filter(deducted=0).select_related("line__stockrecord")
    pieces = [(claim.line, claim.quantity), *((gift.line, gift.quantity) for gift in gifts)]
    return sorted(pieces, key=lambda one: one[0].stockrecord_id)


def _take_codes_back(
    claim: Claim, serials: tuple[str, ...], *, good: bool, at: datetime, by: User | None
) -> None:
    if not (good and serials):
        return
    packed = ParcelCode.objects.filter(
        line__owed__line=claim.line_id, code__serial__in=serials, came_back_at=None
    )
    take_back_codes(serials=serials, at=at, by=by, reason=claim.number)
    packed.update(came_back_at=at)
