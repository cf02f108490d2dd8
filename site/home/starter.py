"""The pages a county begins with: nothing on them is made up, and no link of the site leads nowhere."""

import tomllib
from html import escape
from pathlib import Path
from typing import Any

from wagtail.models import Page

from association.models import BrandPage, PressPage, RulesPage, StandardsPage, TrademarksPage
from brand.themes import Theme
from cms.models import StandardPage
from home.models import HomePage
from news.models import NewsIndexPage
from openness.models import OpennessPage
from training.models import TeachersPage, TrainingIndexPage


def home_body(look: Theme) -> list[tuple[str, Any]]:
    """Return the blocks of the first home page: the county's line, the scan box, posts and courses."""
    words = _words()["scan_action"]
    link = {"label": words["label"], "address": "/brand/licences/"}
    return [
        ("hero", {"subject": look.subject, "lede": look.lede, "drawing": "produce"}),
        ("scan", {}),
        ("columns", {"main": [("posts", {}), ("courses", {})], "side": []}),
        ("action", {"title": words["title"], "text": words["text"], "link": link}),
    ]


def add_pages(home: HomePage, *, name: str, full_name: str) -> None:
    """Add the lists of posts and courses, the pages of the brand and those the footer leads to."""
    known = {"name": name, "full_name": full_name}
    words = _words()
    brand = BrandPage(slug="brand", **_filled(words["brand"], known))
    pages: list[Page] = [
        NewsIndexPage(title="新鲜事", slug="news"),
        TrainingIndexPage(title="学手艺", slug="training"),
        OpennessPage(title="公开窗口", slug="openness", intro="钱怎么花、事怎么办，摆在这里给大家看。"),
        brand,
        *(_plain(page, known) for page in words["page"]),
    ]
    for page in pages:
        home.add_child(instance=page)
        if isinstance(page, TrainingIndexPage):
            page.add_child(instance=TeachersPage(title="谁来教", slug=TeachersPage.PLACE))
    for kind in (RulesPage, StandardsPage, TrademarksPage, PressPage):
        brand.add_child(instance=kind(slug=kind.place, **_filled(words[kind.place], known)))


def _filled(words: dict[str, str], known: dict[str, str]) -> dict[str, str]:
    return {name: text.strip().format(**known) for name, text in words.items()}


def _plain(page: dict[str, Any], known: dict[str, str]) -> StandardPage:
    text = "".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in page["text"])
    intro = page["intro"].format(**known)
    return StandardPage(title=page["title"], slug=page["slug"], intro=intro, body=[("text", text)])


def _words() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text())
