"""Serving Wagtail's pages: the county's site and its home page are known, and are not asked for again."""

from copy import copy

from django.http import HttpRequest, HttpResponse
from wagtail import views
from wagtail.models import Page, Site

from brand.models import Region
from changes.kept import kept


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Serve the page at `path` of this county's site. Three queries less than Wagtail's own view."""
    region: Region | None = request.region  # type: ignore[attr-defined]
    if region and region.site:
        # where Wagtail remembers the site of a request: Site.find_for_request
        request._wagtail_site = _with_home(region.site)  # type: ignore[attr-defined]
    return views.serve(request, path)


def _with_home(site: Site) -> Site:
    """Return a site whose home page is read; each request gets its own, as it writes on what it serves."""
    home: Page = kept.get(("home page", site.root_page_id), lambda: site.root_page.specific)
    site = copy(site)
    site.root_page = copy(home)
    return site
