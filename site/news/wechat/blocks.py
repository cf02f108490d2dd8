"""How each block of a post looks in an article of WeChat, where nothing runs and nothing links.

What lives on our page becomes a still of it with the way there as a code: a strip of readings becomes a table
with its time, a film its still. No price goes into an article: it stays as it is when the price changes.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.rich_text import expand_db_html

from brand.models import Product
from cms.drawings import drawing_of, theme_of
from cms.offers import product_url
from news.wechat import drawn, stills
from news.wechat.sheet import Sheet
from telemetry.live.stations import stations, wind_point
from telemetry.models import Base

Renderer = Callable[[Any, Sheet], str]

READINGS: Final = ("temperature", "humidity", "wind_force", "wind_direction", "pm25")


def written(blocks: Iterable[Any], sheet: Sheet) -> str:
    """Return the blocks of a post in reading order."""
    return "\n".join(RENDERERS[block.block_type](block.value, sheet) for block in blocks)


def _template(name: str, **context: Any) -> str:
    return render_to_string(f"news/wechat/blocks/{name}.html", context)


def _heading(value: Any, sheet: Sheet) -> str:
    return _template("heading", words=value)


def _text(value: Any, sheet: Sheet) -> str:
    return sheet.with_notes(expand_db_html(value.source))


def _quote(value: Any, sheet: Sheet) -> str:
    return _template("quote", value=value)


def _picture(value: Any, sheet: Sheet) -> str:
    return _template("picture", pictures=_photographs([value], sheet), credit=value.get("credit"))


def _gallery(value: Any, sheet: Sheet) -> str:
    return _template(
        "picture", pictures=_photographs(value.get("pictures") or [], sheet), credit=value.get("credit")
    )


def _photographs(values: Iterable[Any], sheet: Sheet) -> list[dict[str, str]]:
    return [
        {
            "src": sheet.src(stills.photograph(value.get("image"), alt=value.get("alt"))),
            "alt": value.get("alt") or value.get("image").title,
            "caption": value.get("caption"),
        }
        for value in values
        if value.get("image")
    ]


def _table(value: Any, sheet: Sheet) -> str:
    return _template("table", value=value)


def _facts(value: Any, sheet: Sheet) -> str:
    return _template("facts", value=value)


def _attachment(value: Any, sheet: Sheet) -> str:
    document = value.get("document")
    if document is None:
        return ""
    title = value.get("title") or document.title
    size = document.get_file_size()
    return _template("attachment", title=title, kind=document.file_extension.upper(), size=size)


def _video(value: Any, sheet: Sheet) -> str:
    film, player = value.get("film"), value.player
    if film is not None and film.poster:
        still = stills.poster(film.poster.name, alt=film.title)
        return _template("video", src=sheet.src(still), title=film.title, caption=value.get("caption"))
    if player is None:
        return ""
    return _template("film_elsewhere", player=player, caption=value.get("caption"))


def _product_card(value: Any, sheet: Sheet) -> str:
    product = value.get("product")
    if product is None:
        return ""
    picture = _plate(product, sheet)
    address = sheet.absolute(product_url(product))
    note = value.get("note") or product.summary
    return _template("product_card", product=product, note=note, src=picture, code=_code(address, sheet))


def _plate(product: Product, sheet: Sheet) -> str:
    """Return where the picture of a product is: its photograph, or its drawing, "" when it has neither."""
    if product.image:
        return sheet.src(stills.photograph(product.image, alt=product.name))
    look = theme_of(product.region)
    name = drawing_of(product.art, look)
    return sheet.src(drawn.drawing(look, name, alt=product.name)) if name else ""


def _base_live(value: Any, sheet: Sheet) -> str:
    base = value.get("base")
    if base is None:
        return ""
    measured, rows = _last_readings(base)
    address = sheet.absolute(reverse("bases:detail", args=[base.slug]))
    title = value.get("title") or base.name
    code = _code(address, sheet)
    return _template("base_live", title=title, base=base, rows=rows, measured=measured, code=code)


def _last_readings(base: Base) -> tuple[Any, list[tuple[str, str]]]:
    """Return when the first station that has something to say measured last, and what. 1 query."""
    found = [one for one in stations(base, only=READINGS, points=1) if one.at is not None]
    if not found:
        return None, []
    station = max(found, key=lambda one: (one.online, one.at))
    rows = []
    for tile in station.tiles:
        value = station.state.values.get(tile.face.key)
        if value is not None:
            text = wind_point(value) if tile.face.is_circular else tile.face.text(value)
            rows.append((tile.face.label, f"{text} {'' if tile.face.is_circular else tile.face.unit_label}"))
    return timezone.localtime(station.at), rows


def _course_card(value: Any, sheet: Sheet) -> str:
    course = value.get("course")
    if course is None:
        return ""
    page = course.specific
    code = _code(sheet.absolute(page.get_url() or "/training/"), sheet)
    return _template("course_card", course=page, note=value.get("note") or page.intro, code=code)


def _licence_call(value: Any, sheet: Sheet) -> str:
    address = sheet.absolute(value.address)
    facts = {"title": value.get("title"), "text": value.get("text"), "words": value.hint}
    return _template("call", **facts, address=address, code=_code(address, sheet))


def _action(value: Any, sheet: Sheet) -> str:
    link = value.get("link")
    address = sheet.absolute(link.url) if link.url else ""
    code = _code(address, sheet) if address else ""
    facts = {"title": value.get("title"), "text": value.get("text"), "words": link.get("label")}
    return _template("call", **facts, address=address, code=code)


def _code(address: str, sheet: Sheet) -> str:
    return sheet.src(drawn.code(address, alt=_("Code that leads to the page")))


RENDERERS: Final[dict[str, Renderer]] = {
    "heading": _heading,
    "text": _text,
    "picture": _picture,
    "gallery": _gallery,
    "quote": _quote,
    "table": _table,
    "attachment": _attachment,
    "video": _video,
    "facts": _facts,
    "product_card": _product_card,
    "base_live": _base_live,
    "course_card": _course_card,
    "licence_call": _licence_call,
    "action": _action,
}
