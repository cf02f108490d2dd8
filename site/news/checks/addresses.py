"""Which of the addresses a post leads to are ours, and whether there is something at them."""

from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve
from wagtail.models import Page, Site

from cms.serving import serve

_WITHOUT_PAGE = {"mailto", "tel", "sms"}
_LANGUAGES = tuple(f"/{code}/" for code, _name in settings.LANGUAGES)


def is_outside(address: str, *, hosts: set[str]) -> bool:
    """Tell whether an address leads to another site."""
    parts = _split(address)
    return parts is not None and bool(parts.netloc) and (parts.hostname or "") not in hosts


def own_hosts() -> set[str]:
    """Return the names under which we answer. 1 query."""
    return {
        *Site.objects.values_list("hostname", flat=True),
        urlsplit(settings.PUBLIC_BASE_URL).hostname or "",
    }


def leads_somewhere(address: str, site: Site) -> bool:
    """Tell whether an address of ours leads to something the public sees.

    Pages are looked up in the tree; of the other areas we only know that they have such an address.
    """
    parts = _split(address)
    if parts is None:
        return False
    if parts.scheme.lower() in _WITHOUT_PAGE:
        return bool(parts.path)
    if not parts.path:
        return bool(parts.fragment or parts.query)
    path = unquote(parts.path)
    if not path.startswith("/"):
        return False
    for language in _LANGUAGES:
        path = path.removeprefix(language.rstrip("/")) if path.startswith(language) else path
    try:
        match = resolve(path)
    except Resolver404:
        return False
    return match.func is not serve or _is_page(path, site)


def _is_page(path: str, site: Site) -> bool:
    request = HttpRequest()
    request.path = path
    components = [part for part in path.split("/") if part]
    try:
        found = site.root_page.localized.specific.route(request, components)
    except Http404:
        return False
    return bool(found.page.live)


def _split(address: str) -> SplitResult | None:
    try:
        return urlsplit(address.strip())
    except ValueError:
        return None


def public_pages(keys: set[int]) -> set[int]:
    """Return those of these pages that everybody may see. 1 query, and 1 for those below a restriction."""
    return set(Page.objects.filter(pk__in=keys).live().public().values_list("pk", flat=True))
