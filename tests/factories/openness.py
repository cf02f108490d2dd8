"""The openness window of a county, disclosures in it, and letters."""

from datetime import UTC, date, datetime
from typing import Any

from brand.models import Region
from openness.letters.models import Letter
from openness.letters.receiving import receive_letter
from openness.models import DisclosurePage, OpennessPage
from tests.factories.pages import add

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)  # a Monday, ten in the morning in China


def window(region: Region) -> OpennessPage:
    """Return the window of a county."""
    return add(region.site.root_page, OpennessPage(title="公开窗口", slug="openness"))


def disclosure(below: OpennessPage, slug: str, *, live: bool = True, **facts: Any) -> DisclosurePage:
    """Return a disclosure, by default open for opinions on the day of `NOW`."""
    given = {
        "title": slug,
        "issuer": "潞城区商务中心",
        "intro": "奖补资金分给谁、分多少。",
        "opens_on": date(2026, 11, 20),
        "closes_on": date(2026, 11, 27),
        **facts,
    }
    return add(below, DisclosurePage(slug=slug, **given), live=live)


def letter(region: Region, **facts: Any) -> Letter:
    """Return a letter as it came in."""
    given = {"kind": "suggestion", "words": "分拣基地门口的路灯坏了两盏。", "at": NOW, **facts}
    return receive_letter(region=region, **given)
