"""Blocks of a post as plain HTML for feed readers: no styles, no scripts, nothing that needs our pages.

Addresses may be relative here; `content` makes all of them absolute and lets only harmless HTML through.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import normalize_newlines
from django.utils.translation import gettext as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.rich_text import expand_db_html

from brand.models import Product
from cms.navigation import in_language
from cms.offers import product_url

PICTURE = "max-1200x1200|format-jpeg"  # every reader knows JPEG
_BREAK: Final = SafeString("<br>")


def _heading(value: str) -> str:
    return format_html("<h2>{}</h2>", value)


def _text(value: Any) -> str:
    return expand_db_html(value.source)


def _quote(value: Any) -> str:
    who = format_html("<footer>{}</footer>", value["who"]) if value.get("who") else ""
    return format_html("<blockquote><p>{}</p>{}</blockquote>", value["text"], who)


def _picture(value: Any) -> str:
    caption = " ".join(filter(None, (value.get("caption"), value.get("credit"))))
    return _figure(value.get("image"), alt=value.get("alt") or "", caption=caption)


def _gallery(value: Any) -> str:
    shown = (
        _figure(row.get("image"), alt=row.get("alt") or "", caption=row.get("caption") or "")
        for row in value["pictures"]
    )
    return "".join(shown) + (_small(value["credit"]) if value.get("credit") else "")


def _facts(value: Any) -> str:
    rows = ((row["name"], row.get("value") or _("not recorded")) for row in value["rows"])
    return format_html("<dl>{}</dl>", format_html_join("", "<dt>{}</dt><dd>{}</dd>", rows))


def _table(value: Any) -> str:
    caption = format_html("<caption>{}</caption>", value["caption"]) if value.get("caption") else ""
    head = format_html("<thead>{}</thead>", _row("th", value.head)) if value.head else ""
    body = format_html_join("", "{}", ((_row("td", row),) for row in value.body))
    return format_html("<table>{}{}<tbody>{}</tbody></table>", caption, head, body)


def _attachment(value: Any) -> str:
    document: AbstractDocument | None = value.get("document")
    if document is None:
        return ""
    return _link(document.url, value.get("title") or document.title)


def _video(value: Any) -> str:
    film, player = value.get("film"), value.player
    caption = value.get("caption") or ""
    if player:
        return _link(player.url, caption or _("Watch the film at %(site)s") % {"site": player.site})
    if film is None:
        return ""
    label = _("Watch the film: %(title)s") % {"title": film.title}
    still = format_html('<img src="{}" alt="">', film.poster.url) if film.poster else ""
    linked = format_html('<p><a href="{}">{}{}</a></p>', film.video.url, still, label)
    return linked + (_small(caption) if caption else "")


def _product_card(value: Any) -> str:
    product: Product | None = value.get("product")
    if product is None:
        return ""
    note = value.get("note") or product.summary
    named = _link(product_url(product), f"{product.name} {product.pack_size}".strip())
    return named + (_small(note) if note else "")


def _base_live(value: Any) -> str:
    base = value.get("base")
    if base is None:
        return ""
    label = _("What the station at %(base)s measures now") % {"base": base.name}
    return _link(in_language(f"/bases/{base.slug}/"), label)


def _course_card(value: Any) -> str:
    course = value.get("course")
    if course is None:
        return ""
    note = value.get("note") or course.intro
    return _link(course.url or "", _("Course: %(title)s") % {"title": course.title}) + _small(note)


def _licence_call(value: Any) -> str:
    return _call(value["title"], value.get("text") or "", in_language(value.address), value["title"])


def _action(value: Any) -> str:
    link = value["link"]
    return _call(value["title"], value.get("text") or "", link.url, link.get("label") or value["title"])


RENDERERS: Final[dict[str, Callable[[Any], str]]] = {
    "heading": _heading,
    "text": _text,
    "quote": _quote,
    "picture": _picture,
    "gallery": _gallery,
    "facts": _facts,
    "table": _table,
    "attachment": _attachment,
    "video": _video,
    "product_card": _product_card,
    "base_live": _base_live,
    "course_card": _course_card,
    "licence_call": _licence_call,
    "action": _action,
}


def _figure(image: AbstractImage | None, *, alt: str, caption: str) -> str:
    if image is None:
        return ""
    shown = image.get_rendition(PICTURE)
    words = format_html("<figcaption>{}</figcaption>", caption) if caption else ""
    return format_html(
        '<figure><img src="{}" alt="{}" width="{}" height="{}">{}</figure>',
        shown.url, alt or image.title, shown.width, shown.height, words,
    )  # fmt: skip


def _row(cell: str, cells: Iterable[str]) -> SafeString:
    inner = format_html_join("", f"<{cell}>{{}}</{cell}>", ((words,) for words in cells))
    return format_html("<tr>{}</tr>", inner)


def _call(title: str, text: str, url: str, label: str) -> str:
    heading = format_html("<p><strong>{}</strong></p>", title)
    return heading + (_small(text) if text else "") + (_link(url, label) if url else "")


def _link(url: str, label: str) -> str:
    return format_html('<p><a href="{}">{}</a></p>', url, label) if url else format_html("<p>{}</p>", label)


def _small(text: str) -> str:
    lines = format_html_join(_BREAK, "{}", ((line,) for line in normalize_newlines(text).split("\n")))
    return format_html("<p>{}</p>", lines)
