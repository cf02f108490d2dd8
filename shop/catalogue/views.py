"""The product page. It touches neither session nor user and counts no views, so that it can be cached."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from oscar.apps.catalogue.views import ProductDetailView as OscarProductDetailView
from oscar.core.loading import get_class

from shop import hall
from shop.catalogue.models import Product
from shop.offers import offer_of
from shop.origin import origin
from shop.parts import article_parts
from shop.search.views import hall_place

CatalogueView = get_class("search.views", "CatalogueView")
ProductCategoryView = get_class("search.views", "ProductCategoryView")


class ProductDetailView(OscarProductDetailView):
    """One article with its variants, price and origin; a variant shows its article."""

    enforce_parent = True
    template_name = "oscar/catalogue/detail.html"

    def get_queryset(self) -> QuerySet[Product]:
        """Return articles with what the page needs."""
        return hall.with_parts(Product.objects.select_related("parent"), on=timezone.localdate())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add offer and origin, in place of Oscar's stock alert, which asks who is looking."""
        context = super(OscarProductDetailView, self).get_context_data(**kwargs)
        article: Product = context["product"]
        licensed = article.brand_product
        context["trail"] = [hall_place(), (article.get_title(), self.request.path)]
        context["parts"] = article_parts(article, at=timezone.now())
        context["offer"] = offer_of(article, self.request.strategy)
        if licensed:
            context["region"] = licensed.region
            context["origin"] = origin(licensed, on=timezone.localdate())
        return context

    def send_signal(self, request: HttpRequest, response: HttpResponse, product: Product) -> None:
        """Say nothing: Oscar's listeners set a cookie and write a row for every view."""
