"""Drawings of the themes as SVG: `<use>` of a symbol in a static file, coloured by the page's tokens."""

from functools import cache

from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.html import format_html
from django.utils.safestring import SafeString

from brand.models import Region
from brand.themes import Theme, UnknownTheme, theme, themes

SQUARE = "0 0 480 480"
WIDE = "0 0 1440 560"
SEAL = "0 0 64 64"


def theme_of(region: Region | str | None) -> Theme:
    """Return the theme of a county or its slug; the first theme there is when the county has none yet."""
    slug = region if isinstance(region, str) else getattr(region, "slug", "")
    try:
        return theme(slug) if slug else _first()
    except UnknownTheme:
        return _first()


@cache
def _first() -> Theme:
    return theme(themes()[0])


def static_art(look: Theme, name: str) -> str:
    """Return the URL of a file in the theme's art folder."""
    return staticfiles_storage.url(f"themes/{look.slug}/art/{name}")


def drawing_of(name: str, look: Theme) -> str:
    """Return the name of the file for what a thing calls its drawing, "" when the theme has none.

    `produce` is whatever stands for the county.
    """
    name = look.produce if name == "produce" else name
    return name if name in look.drawings else ""


def drawing(name: str, region: Region | str | None, *, title: str = "", css: str = "art") -> SafeString:
    """Return the drawing of a product, "" when the theme has none of that name.

    With a `title` it is a picture to screen readers, without one it is decoration.
    """
    look = theme_of(region)
    file = drawing_of(name, look)
    if not file:
        return SafeString("")
    return _use(f"{static_art(look, f'{file}.svg')}#drawing", SQUARE, title=title, css=css)


def mark(region: Region | str | None, *, css: str = "") -> SafeString:
    """Return the seal of a county."""
    look = theme_of(region)
    return _use(f"{static_art(look, f'{look.mark}.svg')}#mark", SEAL, css=css)


def land(region: Region | str | None, *, title: str = "", css: str = "land") -> SafeString:
    """Return the landscape of a county; it fills its box and keeps its foot."""
    look = theme_of(region)
    fit = format_html(' preserveAspectRatio="{}"', "xMidYMax slice")
    url = f"{static_art(look, f'{look.land}.svg')}#land"
    return _use(url, WIDE, title=title, css=css, more=fit, size=SafeString(' width="1440" height="560"'))


@cache
def icon(name: str, *, css: str = "i") -> SafeString:
    """Return an interface icon of icons.svg, sized by the text around it. Made once: pages show dozens."""
    return _use(f"{staticfiles_storage.url('cms/img/icons.svg')}#{name}", "0 0 24 24", css=css)


def _use(
    url: str, box: str, *, title: str = "", css: str, more: str = SafeString(""), size: str = SafeString("")
) -> SafeString:
    says = format_html('role="img" aria-label="{}"', title) if title else SafeString('aria-hidden="true"')
    named = format_html('class="{}" ', css) if css else SafeString("")
    return format_html('<svg {}viewBox="{}"{} {}><use href="{}"{}/></svg>', named, box, more, says, url, size)
