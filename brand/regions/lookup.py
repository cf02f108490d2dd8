"""The county of a host name."""

from brand.regions.models import Region


def region_for_host(host: str) -> Region | None:
    """Return the region whose Wagtail site answers to `host` (with or without port), else the default site's.

    One query. None only before the first county is set up.
    """
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    regions = Region.objects.select_related("site").filter(site__isnull=False)
    return regions.filter(site__hostname=name).first() or regions.filter(site__is_default_site=True).first()
