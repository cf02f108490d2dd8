"""What an order owes, what was paid through which gateway, what went back, and what gateways told us."""

from shop.payments.due import Due
from shop.payments.notification import Notification
from shop.payments.paying_terms import PayingTerms
from shop.payments.payment import Payment
from shop.payments.refund import Refund, RefundLine, Repayment

__all__ = ["Due", "Notification", "PayingTerms", "Payment", "Refund", "RefundLine", "Repayment"]
