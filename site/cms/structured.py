"""What every site tells search engines of itself: who publishes it, where a page stands (schema.org)."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from brand.models import Region
from cms.drawings import static_art, theme_of
from cms.navigation import in_language

LOGO_SIDE = 512  # px


def organization(region: Region | None, request: HttpRequest) -> dict[str, Any]:
    """Return the Organization that publishes a county's site, with its seal as logo."""
    look = theme_of(region)
    home = request.build_absolute_uri("/")
    logo = request.build_absolute_uri(static_art(look, f"icon-{LOGO_SIDE}.png"))
    return {
        "@type": "Organization",
        "@id": f"{home}#organization",
        "name": region.full_name if region else look.name,
        "alternateName": f"{look.name}{_('Fengtu')}",
        "url": home,
        "logo": {"@type": "ImageObject", "url": logo, "width": LOGO_SIDE, "height": LOGO_SIDE},
        "telephone": region.phone if region else "",
        "email": region.email if region else "",
        "address": region.address if region else "",
    }


def breadcrumb_list(trail: Iterable[tuple[str, str]], request: HttpRequest) -> dict[str, Any]:
    """Return the BreadcrumbList of a page from its trail: pairs of label and address, the last its own."""
    steps = [(_("Home"), in_language("/")), *trail]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": place,
                "name": str(label),
                "item": request.build_absolute_uri(url or request.path),
            }
            for place, (label, url) in enumerate(steps, 1)
        ],
    }
