"""What the page of an article is made of."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery, prefetch_related_objects

from brand.models import Licence
from lib.prepared import Prepared
from shop.cards import ALONG
from shop.catalogue.models import Product
from shop.gallery.models import ArticlePicture
from shop.halls.kinds import Kind, above, kind_of
from shop.partner.models import StockRecord
from shop.season import Season, season_of, season_of_harvests
from shop.selling import KNOWN, with_rights

POINTS: Final = 6
SPEC_SIGNS: Final = "：:"


@dataclass(frozen=True, slots=True)
class Spec:
    """One row of the specification; an empty value is shown as not recorded."""

    name: str
    value: str


def articles() -> QuerySet[Product]:
    """Return articles with product, film and the deepest category they stand in, without a query more."""
    deepest = Product.categories.through.objects.filter(product=OuterRef("pk"), category__is_public=True)
    kind = Subquery(deepest.order_by("-category__depth", "category__path").values("category")[:1])
    related = ("parent", "product_class", "film", *ALONG)
    return Product.objects.select_related(*related).annotate(kind_id=kind)


def fetch_parts(article: Product, *, licence: Licence | None, on: date) -> None:
    """Fetch stock, variants and pictures. Two queries, two more for variants, one for renditions."""
    setattr(article, KNOWN, licence is not None)
    article.shown_pictures = _pictures(article.pk)
    if not article.is_parent:
        _put_stock(article, _stock(article.pk))
    else:
        stock = Prefetch("stockrecords", StockRecord.objects.select_related("partner"))
        variants = with_rights(Product.objects.public(), on=on).select_related("brand_product")
        below = variants.order_by("pk").prefetch_related(stock)
        prefetch_related_objects(
            [article], Prefetch("children", below, to_attr="_prefetched_public_children")
        )
    if images := _images(article):
        prefetch_related_objects(images, "renditions")


def points(article: Product) -> list[str]:
    """Return its selling points."""
    return [line.strip() for line in article.selling_points.splitlines() if line.strip()][:POINTS]


def specs(article: Product) -> list[Spec]:
    """Return its specification, the pack first."""
    pack = [Spec("", article.brand_product.pack_size)] if article.brand_product else []
    return [*pack, *(_spec(line) for line in article.specs.splitlines() if line.strip())]


def season(article: Product, harvests: list[date | None], *, on: date) -> Season | None:
    """Return its own season, else what the harvests of its batches tell."""
    return season_of(article, on=on) or season_of_harvests([day for day in harvests if day], on=on)


def way_to(article: Any, kinds: list[Kind]) -> list[tuple[str, str]]:
    """Return the kinds an article stands in, for breadcrumbs."""
    kind = kind_of(article.kind_id, kinds) if article.kind_id else None
    return [(one.name, one.url) for one in (*above(kind, kinds), kind)] if kind else []


def _put_stock(article: Product, rows: list[StockRecord]) -> None:
    """Let `article.stockrecords.all()` return these rows, as a prefetch would."""
    found = article.stockrecords.get_queryset()
    found._result_cache, found._prefetch_done = rows, True
    article.__dict__.setdefault("_prefetched_objects_cache", {})["stockrecords"] = found


def _spec(line: str) -> Spec:
    for sign in SPEC_SIGNS:
        name, found, value = line.partition(sign)
        if found:
            return Spec(name.strip(), value.strip())
    return Spec(line.strip(), "")


def _images(article: Any) -> list[Any]:
    """Return the images whose renditions the page shows."""
    product = article.brand_product
    own = [product.image] if product and product.image_id else []
    return own + [picture.image for picture in article.shown_pictures]


# compiled once for each thread: building these three anew costs more than asking them
article_of: Prepared[Product] = Prepared(lambda key: articles().filter(pk=key))
_stock: Prepared[StockRecord] = Prepared(
    lambda key: StockRecord.objects.filter(product=key).select_related("partner").order_by("pk")
)
_pictures: Prepared[ArticlePicture] = Prepared(
    lambda key: ArticlePicture.objects.filter(article=key).select_related("image")
)
