"""Numbers of packaging papers: letters of the kind, county, year, and a place in that series without gaps."""

from datetime import datetime
from enum import StrEnum

from django.utils import timezone

from brand.counters.models import next_number
from brand.regions.models import Region


class Paper(StrEnum):
    """The letters before a number, after the Chinese names of the papers."""

    RECEIPT = "RK"  # 入库
    ISSUE = "LY"  # 领用
    RETURN = "TH"  # 退回
    SPOILAGE = "BS"  # 报损
    COUNT = "PD"  # 盘点
    REPORT = "YL"  # 用量
    REQUEST = "SL"  # 申领


def new_number(paper: Paper, *, region: Region, at: datetime) -> str:
    """Return the next number: `LY140406-2026-0017`. Call it in the transaction that uses it.

    The series stays locked until that transaction ends: take a number before any stock is locked, so that
    two papers of one kind wait for each other here and nowhere crosswise.
    """
    year = timezone.localtime(at).year
    place = next_number(f"packaging.{paper}.{region.adcode}.{year}")
    return f"{paper}{region.adcode}-{year}-{place:04d}"
