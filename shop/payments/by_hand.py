"""Money that an officer saw: a transfer on the account, cash at the door, a transfer back."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from shop.payments.gateways import gateway
from shop.payments.models import Payment, Repayment
from shop.payments.repaying import complete
from shop.payments.settling import Outcome, settle


class NotByHand(ValueError):
    """A gateway tells of this by itself, or it was recorded before."""


def confirm_money(*, payment: Payment, reference: str, amount: Decimal, at: datetime, by: User) -> Outcome:
    """Record that the money of a transfer or of cash on delivery is there.

    `reference` is the number of the bank's entry, or who handed the cash in; it stands once. A transfer that
    comes after its order was cancelled is recorded all the same, and then goes back.

    Raises:
        NotByHand: the payment comes through a gateway, or is recorded already.
        WrongAmount: another sum came than was asked for.
    """
    if not gateway(payment.gateway).by_hand or payment.state == Payment.State.PAID:
        raise NotByHand(_("This money needs no confirmation, or has one already."))
    taken = Payment.objects.filter(gateway=payment.gateway, trade_no=reference).exclude(trade_no="")
    if taken.exists():
        raise NotByHand(_("This reference was already entered for another payment."))
    with transaction.atomic():
        outcome = settle(payment=payment, trade_no=reference, amount=amount, at=at, by=by)
        record_act(payment, "money_confirmed", by=by, at=at, note=reference)
    return outcome


def confirm_given_back(*, repayment: Repayment, reference: str, at: datetime, by: User) -> None:
    """Record that money went back by hand: a transfer, or what a gateway refused to give back.

    Raises:
        NotByHand: a gateway gives it back, or it is done.
    """
    hand = gateway(repayment.payment.gateway).by_hand
    if not hand and repayment.state != Repayment.State.FAILED:
        raise NotByHand(_("The gateway gives this back by itself."))
    with transaction.atomic():
        if not complete(repayment=repayment, trade_no=reference, at=at, by=by):
            raise NotByHand(_("It was given back already."))
        record_act(repayment, "money_given_back", by=by, at=at, note=reference)
