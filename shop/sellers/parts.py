"""What the page of an article shows of its seller."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from changes.kept import kept
from shop.catalogue.models import Product
from shop.partner.models import Partner
from shop.sellers.models import SellerPaper
from shop.sellers.showing import state_of


@dataclass(frozen=True, slots=True)
class SellerLine:
    """The seller in one line, with the kinds of paper in force."""

    name: str
    url: str
    papers: list[str]


def seller(article: Product, *, at: datetime) -> SellerLine | None:
    """Return who sells the article, None where it has no member behind it. Two queries, kept."""
    licensed = article.brand_product
    if licensed is None:
        return None
    member, today = licensed.member_id, timezone.localdate(at)
    return kept.get(("seller", member, get_language(), today), lambda: _seller_line(member, on=today))


def _seller_line(member: int, *, on: date) -> SellerLine | None:
    partner = Partner.objects.filter(member=member).first()
    if partner is None:
        return None
    papers = [paper for paper in partner.papers.all() if state_of(paper, on=on) != "over"]
    kinds = [str(SellerPaper.Kind(kind).label) for kind in dict.fromkeys(paper.kind for paper in papers)]
    return SellerLine(partner.name, reverse("shop-sellers:seller", args=[partner.code]), kinds)
