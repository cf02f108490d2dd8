"""The product page. It touches neither session nor user and counts no views, so that it can be cached."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from oscar.apps.catalogue.views import ProductDetailView as OscarProductDetailView
from oscar.core.loading import get_class

from lib.jsonld import jsonld_block
from shop.catalogue import page
from shop.catalogue.models import Product
from shop.catalogue.structured import product_data
from shop.halls.floors import hall_of
from shop.halls.kinds import kinds
from shop.halls.places import hall_trail
from shop.offers import offer_of
from shop.origin import origin
from shop.parts import article_parts

CatalogueView = get_class("search.views", "CatalogueView")
ProductCategoryView = get_class("search.views", "ProductCategoryView")


class ProductDetailView(OscarProductDetailView):
    """One article with its variants, price and origin; a variant shows its article."""

    enforce_parent = True
    template_name = "oscar/catalogue/detail.html"

    def get_object(self, queryset: QuerySet[Product] | None = None) -> Product:
        """Return the article with what the page needs."""
        if not hasattr(self, "object"):
            found = page.article_of(self.kwargs["pk"])
            if not found:
                raise Http404
            self.object = found[0]
        return self.object

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the page shows, in place of Oscar's stock alert, which asks who is looking."""
        context = super(OscarProductDetailView, self).get_context_data(**kwargs)
        now = timezone.now()
        today = timezone.localdate(now)
        article: Product = context["product"]
        licensed = article.brand_product
        come_from = origin(licensed, on=today) if licensed else None
        page.fetch_parts(article, licence=come_from.licence if come_from else None, on=today)
        region = licensed.region if licensed else None
        way = page.way_to(article, kinds(region, on=today))
        here = (article.get_title(), self.request.path)
        offer, parts = offer_of(article, self.request.strategy), article_parts(article, at=now)
        absolute = self.request.build_absolute_uri
        harvests = [batch.harvested_on for batch in come_from.batches] if come_from else []
        return context | {
            "region": region or self.request.region,
            "trail": [*hall_trail(region), *way, here],
            "offer": offer,
            "structured_data": jsonld_block(
                product_data(article, offer=offer, parts=parts, absolute=absolute)
            ),
            "origin": come_from,
            "points": page.points(article),
            "specs": page.specs(article),
            "season": page.season(article, harvests, on=today),
            "parts": parts,
            "hall": hall_of(region) if region else None,
        }

    def send_signal(self, request: HttpRequest, response: HttpResponse, product: Product) -> None:
        """Say nothing: Oscar's listeners set a cookie and write a row for every view."""
