"""Numbers of stock papers: letters of the kind, the day, and a place in that day's series."""

from datetime import datetime
from enum import StrEnum

from django.utils import timezone

from brand.counters.models import next_number


class Paper(StrEnum):
    """The letters before a number, after the Chinese names of the papers."""

    RECEIPT = "JH"  # 进货
    LOSS = "BS"  # 报损
    TRANSFER = "DB"  # 调拨
    COUNT = "PD"  # 盘点


def new_number(paper: Paper, *, at: datetime) -> str:
    """Return the next number: `JH20261122-0017`. Call it in the transaction that uses it, before any lock.

    The series stays locked until that transaction ends, so papers of one kind wait for each other here.
    """
    day = f"{timezone.localtime(at):%Y%m%d}"
    return f"{paper}{day}-{next_number(f'stock.{paper}.{day}'):04d}"
