"""The counties and where their sites are."""

from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.models import Site

from brand.regions.lookup import regions_with_sites


@dataclass(frozen=True, slots=True)
class County:
    """A county in the picker."""

    slug: str
    name: str
    url: str


def counties(request: HttpRequest | None) -> list[County]:
    """Return every county that has a site, with the address of its home page.

    The port and scheme are those of the request: in development all counties live on one port. No query
    of its own when the request knows its county already.
    """
    known = getattr(request, "counties", None)
    regions = regions_with_sites() if known is None else known
    return [
        County(region.slug, region.name, _address(region.site, request)) for region in regions if region.site
    ]


def _address(site: Site, request: HttpRequest | None) -> str:
    if request is None:
        return site.root_url
    port = request.get_host().rpartition("]")[2].partition(":")[2]
    return f"{request.scheme}://{site.hostname}{':' + port if port else ''}/"
