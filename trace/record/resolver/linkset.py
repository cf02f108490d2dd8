"""The linkset: every link of a thing, as JSON (RFC 9264, GS1 schema 1.2.0) and as an HTTP header."""

from typing import Any

from record.resolver.links import LINK_TYPES, VOCABULARY, LinkType, canonical, localised, offered, record_page
from record.resolver.targets import Target

MEDIA_TYPE = "application/linkset+json"
CONTEXT = (
    '<https://ref.gs1.org/standards/resolver/linkset-context>; rel="http://www.w3.org/ns/json-ld#context"; '
    'type="application/ld+json"'
)


def linkset(target: Target) -> dict[str, Any]:
    """Return the linkset of `target`."""
    pages = localised(record_page, target)
    context: dict[str, Any] = {"anchor": canonical(target), "description": target.name}
    context[f"{VOCABULARY}defaultLink"] = [{"href": pages["zh"], "title": target.name}]
    for name, kind in LINK_TYPES.items():
        links = _links(kind, target)
        if links:
            context[VOCABULARY + name] = links
    return {"linkset": [context]}


def link_header(target: Target) -> str:
    """Return the `Link` header of a redirect: where the linkset is, and which link types there are."""
    anchor = canonical(target)
    links = [f'<{anchor}?linkType=linkset>; rel="linkset"; type="{MEDIA_TYPE}"']
    links += [
        f'<{anchor}?linkType=gs1:{name}>; rel="{VOCABULARY}{name}"; type="{LINK_TYPES[name].media_type}"'
        for name in offered()
    ]
    return ", ".join(links)


def _links(kind: LinkType, target: Target) -> list[dict[str, Any]]:
    pages = localised(kind.page, target)
    if len(set(pages.values())) == 1:  # not a page for people: one address for all languages
        return [{"href": pages["zh"], "title": str(kind.title), "type": kind.media_type}]
    return [
        {"href": href, "title": str(kind.title), "type": kind.media_type, "hreflang": [hreflang]}
        for hreflang, href in pages.items()
    ]
