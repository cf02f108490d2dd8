"""Reads of a member's page: products with their ways, certifications, batches."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from brand.models import Member, Product
from record.models import Batch, Certification
from shop.catalogue.models import Product as Article

LATEST_BATCHES = 6


@dataclass(frozen=True, slots=True)
class Offered:
    """A product and where it can be bought, if it is on sale."""

    product: Product
    shop_url: str


def products_of(member: Member) -> list[Offered]:
    """Return what a member makes under the brand, with the way to the shop. 2 queries."""
    products = list(member.products.select_related("image", "region"))
    articles = Article.objects.browsable().filter(brand_product__in=products).order_by("-pk")
    urls = {
        article.brand_product_id: article.get_absolute_url()
        for article in articles.only("slug", "structure", "brand_product_id")
    }
    return [Offered(product, urls.get(product.pk, "")) for product in products]


def batches_of(products: Iterable[Product]) -> list[Batch]:
    """Return the newest batches of these products that have a page of their own. 1 query."""
    batches = Batch.objects.filter(product__in=[product.pk for product in products if product.gtin])
    return list(batches.select_related("product", "base").order_by("-harvested_on", "-pk")[:LATEST_BATCHES])


@dataclass(frozen=True, slots=True)
class Held:
    """A certification, and whether its time is over."""

    paper: Certification
    is_over: bool


def certifications_of(products: Sequence[Product], *, on: date) -> list[Held]:
    """Return what vouches for these products, what is in force first. 1 query."""
    papers = Certification.objects.filter(product__in=products).select_related("kind", "product")
    ordered = papers.order_by("kind__place", "kind__name", "product__name", "-valid_to", "pk")
    held = [Held(paper, paper.valid_to is not None and paper.valid_to < on) for paper in ordered]
    return sorted(held, key=lambda one: one.is_over)
