"""The lists of the hall by its shelves: everything, one kind, a search. Oscar asks haystack instead.

They touch neither session nor user, so that the page cache may keep them.
"""

from typing import Any
from urllib.parse import unquote, urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from brand.models import Region
from shop.cards import cards_of
from shop.halls.kinds import Kind, above, below, kind_of, kinds, on_top
from shop.halls.places import county_of, hall_name, hall_trail
from shop.listing.models import Listing
from shop.listing.reading import COUNTED, NoSuchPage, Page, count_of, page_of, shelf
from shop.parts import card_parts
from shop.search.finding import matching
from shop.search.forms import SearchForm


class _Hall(View):
    """Articles of the county of the host, as cards."""

    http_method_names = ["get", "head", "options"]
    template_name = ""
    request: Any

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show one page; a page number that does not exist leads to the first."""
        self.now = timezone.now()
        self.today = timezone.localdate(self.now)
        self.region: Region | None = county_of(request)
        self.words, self.sort = SearchForm(request.GET).wanted()
        self.kinds = kinds(self.region, on=self.today)
        return self.show()

    def show(self) -> HttpResponse:
        """Show the page that was asked for."""
        rows = self.found()
        try:
            page = page_of(rows, order=self.sort, number=page_number(self.request))
        except NoSuchPage:
            return redirect(self.request.path)
        return render(self.request, self.template_name, self.context(rows, page))

    def found(self) -> QuerySet[Listing]:
        """Return the shelf before order and page."""
        return shelf(self.region, None, on=self.today)

    def trail(self) -> list[tuple[str, str]]:
        """Return where this list stands."""
        return [*hall_trail(self.region), (_("All"), self.request.path)]

    def context(self, rows: QuerySet[Listing], page: Page) -> dict[str, Any]:
        """Return cards, kinds and what keeps the query over pages."""
        count = len(page.keys) if page.number == 1 and not page.more else count_of(rows)
        kept = {"q": self.words, "sort": self.sort}
        extra = card_parts(self.region, at=self.now)
        return {
            "name": hall_name(self.region),
            "trail": self.trail(),
            "words": self.words,
            "cards": cards_of(page.keys, self.request.strategy, on=self.today, extra=extra),
            "kinds": on_top(self.kinds),
            "form": SearchForm({"q": self.words, "sort": self.sort}),
            "page_obj": page,
            "count": min(count, COUNTED),
            "more_than": count > COUNTED,
            "query": urlencode({name: value for name, value in kept.items() if value}),
        }


class CatalogueView(_Hall):
    """Everything the county sells."""

    template_name = "oscar/catalogue/browse.html"


class ProductCategoryView(_Hall):
    """One kind and those below it."""

    template_name = "oscar/catalogue/category.html"

    def show(self) -> HttpResponse:
        """Show the kind under its present address."""
        kind = kind_of(int(self.kwargs["pk"]), self.kinds)
        if kind is None:
            raise Http404
        if unquote(kind.url) != unquote(self.request.path):
            return redirect(kind.url, permanent=True)
        self.kind: Kind = kind
        return super().show()

    def found(self) -> QuerySet[Listing]:
        """Return the shelf of the kind."""
        return shelf(self.region, self.kind.pk, on=self.today)

    def trail(self) -> list[tuple[str, str]]:
        """Return where the kind stands: region, county, kinds above."""
        way = [*above(self.kind, self.kinds), self.kind]
        return [*hall_trail(self.region), *((kind.name, kind.url) for kind in way)]

    def context(self, rows: QuerySet[Listing], page: Page) -> dict[str, Any]:
        """Add the kind and those below it."""
        top = next(iter(above(self.kind, self.kinds)), self.kind)
        narrower = {"category": self.kind, "top": top, "narrower": below(self.kind, self.kinds)}
        return super().context(rows, page) | narrower


class FacetedSearchView(_Hall):
    """Words. Oscar's name; facets wait for the site-wide search."""

    template_name = "oscar/search/results.html"

    def found(self) -> QuerySet[Listing]:
        """Return what has every word; without words, nothing."""
        return matching(super().found(), self.words)

    def trail(self) -> list[tuple[str, str]]:
        """Return where the search stands."""
        return [*hall_trail(self.region), (_("Search"), self.request.path)]

    def context(self, rows: QuerySet[Listing], page: Page) -> dict[str, Any]:
        """Add a heading that repeats the words."""
        heading = _("Search: %(words)s") % {"words": self.words} if self.words else _("Search the hall")
        return super().context(rows, page) | {"heading": heading}


def hall_place() -> tuple[str, str]:
    """Return name and address of the hall, for breadcrumbs."""
    return _("Specialty hall"), reverse("home")


def page_number(request: HttpRequest) -> int:
    """Return the page that is asked for, 0 for what is no number."""
    asked = request.GET.get("page", "1")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 0
