"""Who sells: the papers that are shown, and the sellers of a county."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from brand.models import Licence
from shop.partner.models import Partner
from shop.sellers.models import SellerPaper


@dataclass(frozen=True, slots=True)
class Shown:
    """A paper with how it stands on the day: `state` is valid, ending (within 30 days) or over."""

    paper: SellerPaper
    state: str


@dataclass(frozen=True, slots=True)
class Seller:
    """What the page of a seller shows."""

    partner: Partner
    papers: list[Shown]
    licences: list[Licence]

    @property
    def has_business_paper(self) -> bool:
        """Tell whether a business licence in force, or the declaration in its place, is shown."""
        wanted = {SellerPaper.Kind.BUSINESS, SellerPaper.Kind.EXEMPT}
        return any(one.paper.kind in wanted and one.state != "over" for one in self.papers)


ENDING_DAYS = 30


def seller_of(partner: Partner, *, on: date) -> Seller:
    """Return the seller with papers and licences in force on a day. Three queries."""
    papers = partner.papers.select_related("picture").prefetch_related("picture__renditions")
    licences = Licence.objects.valid(on=on).filter(member=partner.member_id) if partner.member_id else []
    return Seller(partner, [Shown(paper, state_of(paper, on=on)) for paper in papers], list(licences))


def state_of(paper: SellerPaper, *, on: date) -> str:
    """Return how a paper stands on a day."""
    if not paper.is_valid(on=on):
        return "over"
    return "ending" if paper.valid_to and (paper.valid_to - on).days <= ENDING_DAYS else "valid"


def sellers() -> QuerySet[Partner]:
    """Return the sellers with their members: those who have a member behind them."""
    return Partner.objects.exclude(member=None).select_related("member__region")
