"""A statement is confirmed or objected to by the supplier, and paid out: one state follows another once."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from shop.settlement.models import Statement
from shop.settlement.refusals import SettledAlready, SettlementRefused

State = Statement.State


@transaction.atomic
def confirm_statement(*, statement: Statement, by: User | None, at: datetime, note: str = "") -> None:
    """Agree to it. `note` says how, where an operator enters it for the supplier.

    Raises:
        SettledAlready: it was confirmed, or drawn up again, in the meantime.
    """
    _move(statement, State.CONFIRMED, out_of=(State.DRAFT, State.DISPUTED), confirmed_at=at, confirmed_by=by)
    record_act(statement, "confirmed", by=by, at=at, note=note.strip())


@transaction.atomic
def object_to_statement(*, statement: Statement, objection: str, by: User | None, at: datetime) -> None:
    """Say what is wrong with it.

    Raises:
        SettlementRefused: without a word about what.
        SettledAlready: it is no longer a draft.
    """
    objection = objection.strip()
    if not objection:
        raise SettlementRefused(_("Write what is wrong: which order, which amount."))
    _move(statement, State.DISPUTED, out_of=(State.DRAFT,), objection=objection[:400])
    record_act(statement, "objected", by=by, at=at, note=objection)


@transaction.atomic
def pay_out(*, statement: Statement, bank_reference: str, by: User | None, at: datetime) -> None:
    """Write down that it was paid out.

    Raises:
        SettlementRefused: nothing is to be paid, or the bank's reference is missing.
        SettledAlready: it is not confirmed, or paid already.
    """
    if statement.payable < 0:
        raise SettlementRefused(_("Below zero: it is taken over into the next statement."))
    if statement.payable and not bank_reference.strip():
        raise SettlementRefused(_("Write the reference of the bank transfer."))
    _move(statement, State.PAID, out_of=(State.CONFIRMED,), paid_at=at, bank_reference=bank_reference.strip())
    record_act(statement, "paid", by=by, at=at, note=bank_reference.strip())


def _move(statement: Statement, to: str, *, out_of: tuple[str, ...], **facts: object) -> None:
    """Move it; compare-and-set on state and drawing, so nobody confirms what was drawn up again since."""
    seen = Statement.objects.filter(pk=statement.pk, state__in=out_of, drawn_at=statement.drawn_at)
    if not seen.update(state=to, **facts):
        raise SettledAlready(_("This statement changed meanwhile. Look at it again."))
    statement.refresh_from_db()
