"""Topics, a picture story, a video, and one post that uses every block."""

from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.models import Page

from brand.models import Product
from cms.offers import with_article
from demo.load.articles import CATEGORIES, POSTED_AT
from demo.load.body import Block, story
from demo.load.county import County
from demo.load.pages import publish
from demo.load.pictures import FOLDER, land_picture
from news.films.keeping import keep_film
from news.models import NewsIndexPage, NewsPage, NewsTopicPage, PostFilm
from news.posts.kinds import Kind
from training.models import CoursePage

CREDIT = "本站绘制"


def add_features(county: County) -> None:
    """Add what `features.toml` tells; the posts a topic holds are there already, or are added here first."""
    words = county.content("features")
    index = NewsIndexPage.objects.child_of(county.home).get()
    for told in words.get("gallery", []):
        _add(county, index, told, Kind.GALLERY, [_gallery(county, SLIPS), *story(told["body"])])
    for told in words.get("video", []):
        _add(county, index, told, Kind.VIDEO, [_video(county, told), *story(told["body"])])
    if told := words.get("feature"):
        _add(county, index, told, Kind.ARTICLE, _every_block(county, told), image=land_picture(county.slug))
    for told in words["topic"]:
        _add_topic(county, index, told)


SLIPS = [
    ["weighing-slip", "过磅单，一筐一张"],
    ["residue-slip", "速测条，贴在台账上"],
    ["label-sheet", "标贴，一捆一个"],
]


def _add(
    county: County, index: Page, words: dict[str, Any], kind: Kind, body: list[Block], **more: Any
) -> None:
    post = NewsPage(
        title=words["title"],
        slug=words["slug"],
        kind=kind,
        category=CATEGORIES[words["category"]],
        published_on=county.calendar.day(words["days"]),
        intro=words["summary"],
        search_description=words["summary"],
        author=words["author"],
        source=words.get("source", ""),
        art="land",
        body=body,
        base=county.bases.get(words.get("base", "")),
        **more,
    )
    post.products = [county.products[slug] for slug in words["products"]]
    post.tags.add(*words["tags"])
    publish(post, below=index, at=county.calendar.moment(words["days"], POSTED_AT))


def _add_topic(county: County, index: Page, words: dict[str, Any]) -> None:
    names = ("title", "slug", "intro", "order")
    topic = NewsTopicPage(**{name: words[name] for name in names}, art=words["art"])
    publish(topic, below=index, at=county.calendar.at)
    named = NewsPage.objects.filter(index=index.pk, slug__in=words["posts"])
    rows = [NewsPage.topics.through(newspage=post, newstopicpage=topic) for post in named]
    NewsPage.topics.through.objects.bulk_create(rows)


def _every_block(county: County, words: dict[str, Any]) -> list[Block]:
    course = CoursePage.objects.descendant_of(county.home).filter(title__contains=words["course"]).first()
    course = course or CoursePage.objects.descendant_of(county.home).first()
    product = with_article(Product.objects.filter(pk=county.products[words["products"][0]].pk)).get()
    picture = {
        "image": land_picture(county.slug),
        "alt": words["land"],
        "caption": words["land"],
        "credit": CREDIT,
    }
    return [
        *story(words["first"]),
        ("heading", words["heading"]),
        ("base_live", {"title": words["live"], "base": county.bases[words["base"]]}),
        ("picture", picture),
        _gallery(county, words["gallery"]),
        ("quote", dict(zip(("text", "who"), words["quote"], strict=True))),
        ("table", _table(words)),
        ("facts", {"rows": [{"name": name, "value": value} for name, value in words["facts"]]}),
        ("attachment", {"document": _ledger(county, words), "title": ""}),
        _video(county, words),
        ("product_card", {"product": product, "note": ""}),
        ("course_card", {"course": course, "note": words["course_note"]}),
        _check(words["check"]),
        _check(words["licence"]),
        ("action", _action(words["action"])),
    ]


def _gallery(county: County, rows: list[list[str]]) -> Block:
    pictures = [{"image": county.pictures[name], "alt": "", "caption": caption} for name, caption in rows]
    return "gallery", {"pictures": pictures, "credit": CREDIT}


def _video(county: County, words: dict[str, Any]) -> Block:
    film = PostFilm(region=county.region, title=words["film_title"], words=words["film_words"])
    with (FOLDER / f"{words['film']}.mp4").open("rb") as file:
        keep_film(film=film, video=file)
    return "video", {"film": film, "address": "", "caption": words["film_title"]}


def _table(words: dict[str, Any]) -> dict[str, Any]:
    return {"caption": words["table_caption"], "cells": words["table"].strip(), "first_row_names": True}


def _ledger(county: County, words: dict[str, Any]) -> Document:
    data = ("\ufeff" + words["file_rows"].strip().replace("\n", "\r\n")).encode()
    ledger = Document(title=words["file"], file=ContentFile(data, name=f"{county.slug}-ledger.csv"))
    ledger.file_size = len(data)
    ledger.save()
    return ledger


def _check(words: list[str]) -> Block:
    return "licence_call", dict(zip(("check", "title", "text"), words, strict=True))


def _action(words: list[str]) -> dict[str, Any]:
    title, text, label, address = words
    return {"title": title, "text": text, "link": {"label": label, "address": address}}
