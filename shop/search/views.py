"""The lists of the hall over the ORM: everything, one category, a search. Oscar asks haystack instead.

They touch neither session nor user, so that the page cache may keep them.
"""

from typing import Any
from urllib.parse import unquote, urlencode

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import ListView

from brand.models import Region
from shop import hall
from shop.catalogue.models import Category, Product
from shop.search.forms import SearchForm

PER_PAGE = 24


class HallRequest(HttpRequest):
    """A request with what our and Oscar's middleware put on it."""

    region: Region | None
    strategy: Any


class _Hall(ListView):
    """Articles of the county of the host, as cards."""

    paginate_by = PER_PAGE
    context_object_name = "products"
    http_method_names = ["get", "head", "options"]
    request: HallRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer a page number that does not exist with the first page."""
        self.words, self.sort = SearchForm(request.GET).wanted()
        try:
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            if "page" not in request.GET:
                raise
            return redirect(request.path)

    def found(self) -> QuerySet[Product]:
        """Return the articles before order and parts."""
        return hall.articles(self.request.region, on=timezone.localdate())

    def trail(self) -> list[tuple[str, str]]:
        """Return where this list stands."""
        return [hall_place()]

    def get_queryset(self) -> QuerySet[Product]:
        """Return the articles in order, with what cards need."""
        return hall.with_parts(hall.ordered(self.found(), self.sort), on=timezone.localdate())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add cards, categories and what keeps the query over pages."""
        context = super().get_context_data(**kwargs)
        page: Page[Product] = context["page_obj"]
        kept = {"q": self.words, "sort": self.sort}
        return context | {
            "trail": self.trail(),
            "words": self.words,
            "cards": hall.cards(page.object_list, self.request.strategy),
            "categories": list(hall.categories(self.request.region, on=timezone.localdate())),
            "form": SearchForm({"q": self.words, "sort": self.sort}),
            "query": urlencode({name: value for name, value in kept.items() if value}),
        }


class CatalogueView(_Hall):
    """Everything the county sells."""

    template_name = "oscar/catalogue/browse.html"


class ProductCategoryView(_Hall):
    """One category and those below it."""

    template_name = "oscar/catalogue/category.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the category under its present address."""
        self.category = get_object_or_404(Category.objects.browsable(), pk=kwargs["pk"])
        address = self.category.get_absolute_url()
        if unquote(address) != unquote(request.path):
            return redirect(address, permanent=True)
        return super().get(request, *args, **kwargs)

    def found(self) -> QuerySet[Product]:
        """Return the articles of the category."""
        return hall.within(super().found(), self.category)

    def trail(self) -> list[tuple[str, str]]:
        """Return where the category stands."""
        return [*super().trail(), (self.category.name, self.request.path)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the category."""
        return super().get_context_data(category=self.category, **kwargs)


class FacetedSearchView(_Hall):
    """Words. Oscar's name; facets wait for the site-wide search."""

    template_name = "oscar/search/results.html"

    def found(self) -> QuerySet[Product]:
        """Return what has every word; without words, nothing."""
        return hall.matching(super().found(), self.words) if self.words else Product.objects.none()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add a heading that repeats the words."""
        heading = _("Search: %(words)s") % {"words": self.words} if self.words else _("Search the hall")
        return super().get_context_data(heading=heading, **kwargs)


def hall_place() -> tuple[str, str]:
    """Return name and address of the hall, for breadcrumbs."""
    return _("Specialty hall"), reverse("catalogue:index")
