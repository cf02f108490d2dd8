"""The county: its row, its Wagtail site and its home page."""

from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Page, Site

from brand.models import Region
from demo.load.content import COUNTIES
from demo.load.county import County
from home.models import HomePage


def set_up_site(county: County) -> None:
    """Make the region, its site `<slug>.localhost` and an empty home page; the first is the default."""
    facts = county.content("region")
    words = {key: value for key, value in facts["region"].items() if key not in {"association", "brand_name"}}
    home = facts["home"]
    county.home = HomePage(title=home["title"], slug=county.slug, search_description=home["description"])
    county.home.first_published_at = county.home.last_published_at = county.calendar.at
    _root().add_child(instance=county.home)
    county.region = Region.objects.create(**words, site=_site(county))


def settle_ports() -> None:
    """Give the demo's sites the port it runs on: the one of PUBLIC_BASE_URL, which may differ each time."""
    for site in Site.objects.filter(hostname__in=[f"{slug}.localhost" for slug in COUNTIES]):
        if site.port != _port():
            site.port = _port()
            site.save()


def _root() -> Page:
    return Page.objects.get(depth=1)


def _site(county: County) -> Site:
    """Return the county's site. The one Wagtail made, with its page of welcome, becomes the default."""
    first = county.slug == COUNTIES[0]
    untouched = Site.objects.filter(is_default_site=True, hostname="localhost").first() if first else None
    site = untouched or Site()
    welcome = untouched.root_page if untouched else None
    site.hostname, site.port = f"{county.slug}.localhost", _port()
    site.site_name, site.root_page = county.home.title, county.home
    site.is_default_site = (
        first and not Site.objects.filter(is_default_site=True).exclude(pk=site.pk).exists()
    )
    site.save()
    if welcome and welcome.specific_class._meta.app_label != "home":
        welcome.delete()
    return site


def _port() -> int:
    base = urlsplit(settings.PUBLIC_BASE_URL)
    return base.port or {"http": 80, "https": 443}[base.scheme]
