"""The links a thing has, by GS1 link type: one table, read by redirects, headers and linksets."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote

from django.conf import settings
from django.http import QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from record.resolver.targets import Target

VOCABULARY = "https://ref.gs1.org/voc/"
_PREFIXES = ("gs1:", VOCABULARY, "https://gs1.org/voc/", "https://www.gs1.org/voc/")
LANGUAGES = {"zh-hans": "zh", "en": "en"}


@dataclass(frozen=True, slots=True)
class LinkType:
    """One kind of link: where it leads, or None when this thing has none."""

    title: Promise
    page: Callable[[Target], str | None]
    media_type: str = "text/html"


def record_page(target: Target) -> str:
    """Return the path of the record of a package, a batch or a product: the default link."""
    if target.serial:
        return reverse("trace-package", args=[target.serial])
    if target.lot:
        return reverse("trace-batch", args=[target.gtin, target.lot])
    return product_page(target)


def product_page(target: Target) -> str:
    """Return the path of the page about the product."""
    return reverse("trace-product", args=[target.gtin])


def _papers(target: Target) -> str:
    return f"{record_page(target)}#certs"


def _epcis(target: Target) -> str | None:
    events = _epcis_events()
    return f"{events}?MATCH_anyEPC={quote(canonical(target), safe='')}" if events else None


@cache
def _epcis_events() -> str | None:
    try:
        return reverse("epcis-events")
    except NoReverseMatch:  # the query interface is not part of every installation
        return None


LINK_TYPES: dict[str, LinkType] = {
    "pip": LinkType(_("About the product"), product_page),
    "traceability": LinkType(_("Where it comes from"), record_page),
    "certificationInfo": LinkType(_("Certificates"), _papers),
    "epcis": LinkType(_("Events as EPCIS"), _epcis, "application/ld+json"),
}


@cache
def offered() -> tuple[str, ...]:
    """Return the link types this installation has pages for."""
    some = Target("0" * 14, "")
    return tuple(name for name, kind in LINK_TYPES.items() if kind.page(some))


def link_type(name: str) -> str:
    """Return the plain name of a link type given as `gs1:pip`, as a full URI or plainly."""
    for prefix in _PREFIXES:
        if name.startswith(prefix):
            return name.removeprefix(prefix)
    return name


def canonical(target: Target) -> str:
    """Return the canonical Digital Link of `target`."""
    return f"{settings.PUBLIC_BASE_URL}{target.link.path}"


def localised(page: Callable[[Target], str | None], target: Target) -> dict[str, str]:
    """Return `{hreflang: absolute address}` of a page in each language it has."""
    found = {}
    for language, hreflang in LANGUAGES.items():
        with override(language):
            path = page(target)
        if path:
            found[hreflang] = f"{settings.PUBLIC_BASE_URL}{path}"
    return found


def with_query(path: str, query: QueryDict) -> str:
    """Return `path` with the query string passed on, without what told the resolver what to do."""
    if not query:
        return path
    kept = query.copy()
    kept.pop("linkType", None)
    if not kept:
        return path
    path, _sharp, fragment = path.partition("#")
    joined = f"{path}{'&' if '?' in path else '?'}{kept.urlencode()}"
    return f"{joined}#{fragment}" if fragment else joined
