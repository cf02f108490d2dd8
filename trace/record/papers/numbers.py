"""Numbers of papers: the day and six letters nobody misreads, so that two desks never give one twice.

They are no secret: whoever holds the paper reads its number aloud, and the page behind it is public.
"""

from datetime import date

from record.codes.serials import new_serials

_LETTERS = 6  # 31⁶ ≈ 890 million a day; the unique constraint of each paper settles the rest


def new_number(prefix: str, *, on: date) -> str:
    """Return a new number: `HG261028-7K4MQX`."""
    return f"{prefix}{on:%y%m%d}-{new_serials(1)[0][:_LETTERS]}"
