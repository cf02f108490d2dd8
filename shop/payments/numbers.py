"""Our numbers at the gateways: 32 letters and digits at most, never guessed, never used twice."""

from datetime import datetime
from secrets import token_hex


def payment_number(*, at: datetime) -> str:
    """Return the number of a new payment (out_trade_no)."""
    return f"P{at:%Y%m%d}{token_hex(8)}"


def repayment_number(*, at: datetime) -> str:
    """Return the number of a new repayment (out_refund_no)."""
    return f"R{at:%Y%m%d}{token_hex(8)}"
