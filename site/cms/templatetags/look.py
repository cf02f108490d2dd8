"""How things look: drawings, pictures, dates, navigation. `{% load look %}`."""

from typing import Any

from django import template
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest
from django.template import Context
from django.template.base import NodeList, Parser, Token
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from brand.themes import Theme
from cms import counties as county_list
from cms import drawings, navigation, pictures
from cms.frame import frame
from lib import dates

register = template.Library()

register.filter("day", dates.day)
register.filter("full_day", dates.full_day)
register.filter("moment", dates.moment)
register.filter("clock", dates.clock)
register.simple_tag(pictures.picture, name="photo")


@register.simple_tag(takes_context=True)
def art(context: Context, name: str, region: Any = None, title: str = "", css: str = "art") -> SafeString:
    """Draw a product; the page's county unless `region` says another."""
    return drawings.drawing(name, region or context.get("region"), title=title, css=css)


@register.simple_tag(takes_context=True)
def mark(context: Context, region: Any = None, css: str = "") -> SafeString:
    """Draw the seal of a county."""
    return drawings.mark(region or context.get("region"), css=css)


@register.simple_tag(takes_context=True)
def land(context: Context, region: Any = None, title: str = "", css: str = "land") -> SafeString:
    """Draw the land of a county."""
    return drawings.land(region or context.get("region"), title=title, css=css)


@register.simple_tag
def icon(name: str, css: str = "i") -> SafeString:
    """Draw an interface icon."""
    return drawings.icon(name, css=css)


@register.simple_tag(takes_context=True)
def theme(context: Context) -> Theme:
    """Give the theme the page wears: `{% theme as look %}`."""
    return drawings.theme_of(context.get("region"))


@register.simple_tag
def theme_file(look: Theme, name: str) -> str:
    """Return the URL of a file of a theme, such as `tokens.css`."""
    return staticfiles_storage.url(f"themes/{look.slug}/{name}")


@register.inclusion_tag("cms/includes/plate.html", takes_context=True)
def plate(
    context: Context, thing: Any, *, shape: str = "plate", tag: str = "", css: str = "", sizes: str = "50vw"
) -> dict[str, Any]:
    """Frame a thing: its photograph, else its drawing (or the county's land), else a paper label.

    `thing` has `name` or `title` and may have `image`, `art` and a county of its own.
    """
    region = thing.region if getattr(thing, "region_id", None) else context.get("region")
    look = drawings.theme_of(region)
    drawn = getattr(thing, "art", "")
    return {
        "image": getattr(thing, "image", None),
        "art": drawings.drawing_of(drawn, look),
        "is_land": drawn == look.land,
        "name": getattr(thing, "name", "") or getattr(thing, "title", ""),
        "region": region,
        "other": region if look.slug != drawings.theme_of(context.get("region")).slug else None,
        "shape": shape,
        "sizes": sizes,
        "tag": tag,
        "css": css,
    }


@register.simple_tag(takes_context=True)
def navigation_places(context: Context, which: str) -> list[dict[str, Any]]:
    """Return the entries of `main`, `bar` or `foot` with their address and whether the page is there."""
    places = {"main": navigation.MAIN, "bar": navigation.BAR, "foot": navigation.FOOT}[which]
    here = navigation.current(places, _path(context))
    return [
        {"label": p.label, "url": navigation.in_language(p.path), "icon": p.icon, "here": p == here}
        for p in places
    ]


@register.simple_tag
def local(path: str) -> str:
    """Return a path of this site in the active language: `{% local "/trace/" %}`."""
    return navigation.in_language(path)


@register.simple_tag(takes_context=True)
def other_language(context: Context) -> dict[str, str]:
    """Return code, name and address of this page in the other language."""
    path = _path(context)
    if path != navigation.without_language(path):
        return {"code": "zh-Hans", "name": "中文", "url": navigation.in_language(path, "zh-hans")}
    return {"code": "en", "name": "English", "url": navigation.in_language(path, "en")}


@register.simple_tag(takes_context=True)
def site_name(context: Context) -> dict[str, str]:
    """Return the name of the county whose theme the page wears, and its home page.

    A page about a thing of another county leads to that county's site.
    """
    look = drawings.theme_of(context.get("region"))
    host = getattr(context.get("request"), "region", None)
    home = navigation.in_language("/")
    if host and host.slug != look.slug:
        home = next((c.url for c in counties(context) if c.slug == look.slug), home)
    return {"name": look.name, "url": home}


@register.simple_tag(takes_context=True)
def counties(context: Context) -> list[county_list.County]:
    """Return the counties with their addresses. One query."""
    return county_list.counties(context.get("request"))


@register.simple_tag(takes_context=True)
def absolute(context: Context, path: str) -> str:
    """Return `path` with scheme and host of the request."""
    request: HttpRequest | None = context.get("request")
    return request.build_absolute_uri(path) if request else path


@register.filter
def breakable(text: str) -> SafeString:
    """Let a long heading break after its punctuation and middle dots only."""
    safe: str = conditional_escape(text)
    for sign in "，。、；：？·—":
        safe = safe.replace(sign, f"{sign}<wbr>")
    return SafeString(safe)


@register.filter
def grouped(code: str) -> str:
    """Write a code in groups of four."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


@register.filter
def thousands(number: int | None) -> str:
    """Return a count with its thousands apart: 60,000. Django's `intcomma` leaves Chinese pages without."""
    return "" if number is None else f"{number:,}"


@register.filter
def digits(text: str) -> str:
    """Return only the digits of a filing number."""
    return "".join(sign for sign in text if sign.isdigit())


@register.simple_tag
def upright(first: str, second: str) -> SafeString:
    """Set the two halves of a county's line."""
    return format_html("<span>{}</span><span>{}</span>", first, second)


class KeptNode(template.Node):
    """A part of the frame, rendered once for all pages at one place of the navigation."""

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        """Return the kept part; without a request (an error page) render it."""
        request: HttpRequest | None = context.get("request")
        if request is None or settings.DEBUG:
            return self.nodelist.render(context)
        look = drawings.theme_of(context.get("region"))
        key = (self.name, look.slug, get_language(), *_place(request))
        return SafeString(frame.part(key, lambda: self.nodelist.render(context)))


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """Keep what stands up to `{% endkept %}`: `{% kept header %}`. It may depend on nothing of one page."""
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(token.split_contents()[1], nodelist)


def _place(request: HttpRequest) -> tuple[str, str, tuple[str, ...]]:
    """Return scheme, host and place in the navigation, worked out once for a page."""
    place: tuple[str, str, tuple[str, ...]] | None = getattr(request, "frame_place", None)
    if place is None:
        place = (request.scheme or "", request.get_host(), navigation.section(request.path))
        request.frame_place = place  # type: ignore[attr-defined]
    return place


def _path(context: Context) -> str:
    request: HttpRequest | None = context.get("request")
    return request.path if request else "/"
