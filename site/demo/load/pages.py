"""Wagtail pages: the home page's blocks, the plain pages."""

from datetime import datetime
from typing import Any

from wagtail.models import Page

from cms.models import StandardPage
from demo.load.body import paragraphs, story
from demo.load.content import SHARED, read
from demo.load.county import County


def publish(page: Page, *, below: Page, at: datetime) -> None:
    """Add a public page, first published at `at`.

    Saved once, without a revision: each saving of a page is two tasks for the worker, and the demo has
    a hundred and fifty pages.
    """
    page.first_published_at = page.last_published_at = at
    below.add_child(instance=page)


def fill_home(county: County) -> None:
    """Compose the home page."""
    home = county.content("region")["home"]
    county.home.body = [
        ("hero", {"subject": home["title"], "lede": home["lede"], "drawing": home["drawing"]}),
        ("scan", {}),
        ("live", {"title": home["live_title"], "base": county.bases[home["base"]]}),
        ("products", {"items": _offers(county, home)}),
        ("columns", _columns(county, home)),
        ("story", _story(home)),
        ("action", _action(home["cta"])),
    ]
    county.home.save()


def _offers(county: County, home: dict[str, Any]) -> list[dict[str, Any]]:
    tags = home["tags"]
    return [
        {"product": county.products[slug], "tag": tags.get(slug, ""), "note": ""} for slug in home["products"]
    ]


def _columns(county: County, home: dict[str, Any]) -> dict[str, Any]:
    facts = [{"name": name, "value": value} for name, value in home["place"]]
    place = {"title": "长在哪", "base": county.bases[home["base"]], "facts": facts}
    return {"main": [("posts", {}), ("courses", {})], "side": [("place", place)]}


def _story(home: dict[str, Any]) -> dict[str, Any]:
    link = {"label": "看品牌故事", "address": "/brand/"}
    words = home["story"]
    return {
        "title": words["title"],
        "text": paragraphs(words["body"]),
        "drawing": home["drawing"],
        "link": link,
    }


def _action(words: dict[str, str]) -> dict[str, Any]:
    link = {"label": words["button"], "address": words["link"]}
    return {"title": words["title"], "text": words["body"], "link": link}


def add_plain_pages(county: County) -> None:
    """Add about and terms, filled in for this county."""
    for page in read(SHARED, "pages")["page"]:
        add_plain(county, page, below=county.home)


def add_plain(county: County, page: dict[str, str], *, below: Page) -> None:
    """Add a plain page, its words filled in for this county."""
    intro, body = (page[name].format(**county.words) for name in ("intro", "body"))
    plain = StandardPage(
        title=page["title"], slug=page["slug"], intro=intro, body=story(body), search_description=intro
    )
    publish(plain, below=below, at=county.calendar.at)
