"""The county of a host name."""

from collections.abc import Sequence
from copy import copy

from brand.regions.models import Region
from changes.kept import kept
from lib.prepared import Prepared

_after: Prepared[Region] = Prepared(
    lambda pk: (
        Region.objects.filter(pk__gt=pk, site__isnull=False).select_related("site__root_page").order_by("pk")
    )
)


def regions_with_sites() -> list[Region]:
    """Return every county that has a site, in the order they were set up.

    Every request asks this: one query, none while nothing public changes. Each gets its own copies, on
    which what is looked up from them stays with them.
    """
    return [copy(region) for region in kept.get("counties", lambda: _after(0))]


def region_for_host(host: str, regions: Sequence[Region] | None = None) -> Region | None:
    """Return the region whose Wagtail site answers to `host` (with or without port), else the default site's.

    One query, none when `regions` are given. None only before the first county is set up.
    """
    name = (host.rsplit(":", 1)[0] if not host.endswith("]") else host).lower()
    known = regions_with_sites() if regions is None else regions
    named = next((region for region in known if region.site and region.site.hostname == name), None)
    return named or next((region for region in known if region.site and region.site.is_default_site), None)
