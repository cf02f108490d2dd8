"""What machines ask a site for: robots.txt, sitemap.xml, the web manifest."""

from itertools import chain

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from cms.drawings import static_art, theme_of

# pages of visitors, forms and single packages: nothing for a search engine
PRIVATE_PATHS = (
    "/cms/",
    "/accounts/",
    "/members/",
    "/brand/vi/basket/",
    "/brand/vi/download/",
    "/shop/basket/",
    "/shop/checkout/",
    "/fragments/",
    "/news/subscribe/",
    "/t/",
    "/01/",
)
SECTIONS = (
    "/shop/",
    "/trace/",
    "/bases/",
    "/brand/members/",
    "/brand/vi/",
    "/brand/activities/",
    "/brand/licences/",
    "/brand/licences/publicity/",
    "/brand/licences/revoked/",
)
MOST_URLS = 50_000  # the sitemap protocol's limit for one file


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    """Answer robots.txt."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in PRIVATE_PATHS)]
    lines += [f"Disallow: /en{path}" for path in PRIVATE_PATHS]
    maps = ("/sitemap.xml", *settings.SITEMAPS)
    lines += ["", *(f"Sitemap: {request.build_absolute_uri(path)}" for path in maps), ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=600)
def sitemap(request: HttpRequest) -> TemplateResponse:
    """Answer the public pages of this site, newest change first, but those with a sitemap of their own."""
    site = Site.find_for_request(request)
    pages = site.root_page.get_descendants(inclusive=True).live().public() if site else Page.objects.none()
    pages = pages.not_type(*map(apps.get_model, chain.from_iterable(settings.SITEMAPS.values())))
    urls = [
        {"path": page.get_url(request), "changed": page.last_published_at}
        for page in pages.order_by("-last_published_at")[:MOST_URLS]
    ]
    context = {"urls": [*urls, *({"path": path, "changed": None} for path in SECTIONS)]}
    return TemplateResponse(request, "cms/sitemap.xml", context, content_type="application/xml")


@require_safe
@cache_control(public=True, max_age=3600)
def manifest(request: HttpRequest) -> JsonResponse:
    """Answer the web manifest: the county's name, colours and seal on a home screen."""
    look = theme_of(getattr(request, "region", None))
    icons = [
        ("icon.svg", "any", "image/svg+xml"),
        ("icon-180.png", "180x180", "image/png"),
        ("icon-512.png", "512x512", "image/png"),
    ]
    return JsonResponse(
        {
            "name": _("%(county)s Fengtu") % {"county": look.name},
            "short_name": look.name,
            "description": look.about,
            "lang": "zh-Hans",
            "start_url": "/",
            "display": "standalone",
            "theme_color": look.day["brand"],
            "background_color": look.day["paper"],
            "icons": [
                {"src": static_art(look, name), "sizes": sizes, "type": kind} for name, sizes, kind in icons
            ],
        },
        content_type="application/manifest+json",
    )
