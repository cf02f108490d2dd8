"""The pages of the brand: story, mascot, film, member brands; rules, standards, trademarks, press."""

from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents.models import Document

from association.films.keeping import keep_film
from association.models import BrandFilm, BrandPage, PressPage, RulesPage, StandardsPage, TrademarksPage
from demo.load.body import Block, story
from demo.load.content import SHARED, read
from demo.load.county import County
from demo.load.pages import add_plain, publish
from demo.load.pictures import FOLDER, land_picture, seal
from demo.load.texts import fact_sheet


def add_brand(county: County) -> None:
    """Add the brand's page and what stands below it."""
    words = county.content("brand")["brand"]
    brand = BrandPage(title=words["title"], slug="brand", intro=words["intro"], body=_body(county, words))
    publish(brand, below=county.home, at=county.calendar.at)
    plain = {page["slug"]: page for page in read(SHARED, "pages")["brand_page"]}
    rules = plain.pop("rules")
    for page in (
        RulesPage(
            title=rules["title"],
            slug="rules",
            intro=rules["intro"].format(**county.words),
            body=story(rules["body"].format(**county.words)),
        ),
        StandardsPage(
            title="标准库",
            slug="standards",
            intro="种植、加工、仓储、运输，一步一本。协会自己的标准编号和数字是示例，国标写明到哪里看。",
        ),
        TrademarksPage(
            title="商标",
            slug="trademarks",
            intro="名字先占住，再慢慢用。编号和日期是示例。",
            body=story(county.content("brand")["trademarks"]["body"]),
        ),
        _press_page(county),
    ):
        publish(page, below=brand, at=county.calendar.at)
    for page in plain.values():
        add_plain(county, page, below=brand)


def _body(county: County, words: dict[str, Any]) -> list[Block]:
    told = county.content("story")
    film = told["film"]
    return [
        ("values", _named(words["values_title"], "items", ("name", "text"), words["values"])),
        ("mascot", told["mascot"]),
        ("film", {"title": film["heading"], "film": _film(county, film)}),
        (
            "timeline",
            _named(words["timeline_title"], "moments", ("when", "title", "text"), words["timeline"]),
        ),
        ("brands", {"title": words["brands_title"], "brands": _brands(county, words)}),
        ("action", _action(county.content("region")["home"]["join"])),
    ]


def _action(words: dict[str, str]) -> dict[str, Any]:
    link = {"label": words["button"], "address": words["link"]}
    return {"title": words["title"], "text": words["body"], "link": link}


def _named(title: str, key: str, names: tuple[str, ...], rows: list[list[str]]) -> dict[str, Any]:
    return {"title": title, key: [dict(zip(names, row, strict=True)) for row in rows]}


def _brands(county: County, words: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"name": name, "text": text, "member": county.members[slug]} for name, text, slug in words["brands"]
    ]


def _film(county: County, words: dict[str, str]) -> BrandFilm:
    film = BrandFilm(region=county.region, title=words["title"], words=words["words"].strip())
    with (FOLDER / f"{words['film']}.mp4").open("rb") as file:
        return keep_film(film=film, video=file, poster=None)


def _press_page(county: County) -> PressPage:
    words, shared = county.content("story")["press"], read(SHARED, "press")
    return PressPage(
        title="媒体资料",
        slug="press",
        intro=words["intro"],
        terms=shared["terms"].strip().format(**county.words),
        contact=words["contact"],
        body=[
            ("marks", {"title": "标志", "text": "不拆，不改色，不加影子。印刷用的在 VI 库里。"}),
            ("pictures", {"title": "图片", "items": _pictures(county, words)}),
            ("words", {"title": "一句话", "text": words["line"]}),
            ("words", {"title": "一百字", "text": words["short"]}),
            ("words", {"title": "两百字", "text": words["long"]}),
            ("files", {"title": "文件", "items": [_sheet(county, shared)]}),
        ],
    )


def _pictures(county: County, words: dict[str, str]) -> list[dict[str, Any]]:
    credit = "本站绘制"
    return [
        {"image": seal(county.slug), "caption": f"{county.words['brand']}的印", "credit": credit},
        {"image": land_picture(county.slug), "caption": words["picture"], "credit": credit},
    ]


def _sheet(county: County, words: dict[str, Any]) -> dict[str, Any]:
    title = words["sheet"].format(**county.words)
    data = fact_sheet(county, title=title, facts=words["fact"])
    document = Document(title=title, file=ContentFile(data, name=f"{county.slug}-facts.pdf"))
    document.file_size = len(data)
    document.save()
    return {"document": document, "about": title}
