"""Order numbers: the day in Shanghai and eight digits that tell nobody how much is sold (`26112348159203`).

The digits are drawn, not counted: a counter is a row every buyer of the day would have to wait for.
"""

import secrets
from datetime import datetime

from django.utils import timezone


def new_number(*, at: datetime) -> str:
    """Return a number; the unique constraint of orders decides whether it is free."""
    return f"{timezone.localtime(at):%y%m%d}{secrets.randbelow(100_000_000):08d}"
