"""Noting that an invoice was issued."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from shop.invoices.models import InvoiceRequest
from shop.order.models import Order


class NotIssuable(ValueError):
    """The order was cancelled or not paid, or the invoice was issued already. Nothing was changed."""


def issue_invoice(*, invoice: InvoiceRequest, number: str, at: datetime, by: User) -> None:
    """Note the number under which the invoice was issued in the tax office's own program.

    Compare-and-set: of two officers who note one at once the first stays.

    Raises:
        NotIssuable: see there.
    """
    if invoice.order.state == Order.State.CANCELLED or invoice.order.paid_at is None:
        raise NotIssuable(_("No invoice before the money is there, and none for a cancelled order."))
    open_one = InvoiceRequest.objects.filter(pk=invoice.pk, issued_at=None)
    if not number.strip() or not open_one.update(number=number.strip(), issued_at=at):
        raise NotIssuable(_("Write the number of the invoice; one that was issued stays as it is."))
    record_act(invoice, "issued", by=by, at=at, note=number.strip())
