"""The front page of the hall, and the pictures and films of its articles."""

from typing import Any

from django.db.models import QuerySet
from wagtail.images.models import Image

from config import ROOT
from demo.load.county import County
from demo.load.pictures import land_picture
from shop.catalogue.models import Category, Product
from shop.gallery.keeping import keep_film
from shop.gallery.models import ArticleFilm, ArticlePicture
from shop.halls.models import Hall

ALT = {"land": "长它的地（画，示例）", "weighing-slip": "过磅单（示例）", "residue-slip": "速测条（示例）"}
FILM_WORDS = "从起收到装箱的半分钟：人手把货从地里收起来，抖掉土，码进箱子。没有说话声。"


def add_hall(county: County) -> None:
    """Set the hall up, and give its articles their pictures and films."""
    words = county.content("hall")
    Hall.objects.create(
        region=county.region,
        slogan=words["slogan"],
        notice=words["notice"],
        modules=list(_modules(words)),
        brand_title=words["brand_title"],
        brand_story=words["brand_story"].strip(),
        brand_art=words["brand_art"],
        services=[("service", service) for service in words["service"]],
    )
    for slug, facts in words["article"].items():
        for article in _articles(county, slug):
            _add_pictures(article, facts, county)
            _add_film(article, facts)


def _modules(words: dict[str, Any]) -> list[tuple[str, Any]]:
    floors = [
        {**floor, "category": str(Category.objects.get(name=floor["category"]).pk)}
        for floor in words["floor"]
    ]
    return [
        ("carousel", {"slides": words["slide"]}),
        ("coupons", {"title": "先领券，再挑"}),
        ("presales", {"title": "还在地里的，先订上"}),
        ("hot", {"title": "这几天卖得动的", "articles": []}),
        *(("floor", floor) for floor in floors),
        ("calendar", {"title": "接下来的日子"}),
        ("brand", None),
        ("outside", {"title": "别处也能买到"}),
    ]


def _articles(county: County, slug: str) -> QuerySet[Product]:
    return Product.objects.filter(brand_product=county.products[slug], parent=None)


def _add_pictures(article: Product, facts: dict[str, Any], county: County) -> None:
    for position, name in enumerate(facts.get("pictures", [])):
        image: Image = land_picture(county.slug) if name == "land" else county.pictures[name]
        ArticlePicture.objects.create(
            article=article, image=image, alt=ALT.get(name, "包装上的码（示例）"), position=position
        )


def _add_film(article: Product, facts: dict[str, Any]) -> None:
    if name := facts.get("film"):
        with (ROOT / "media" / "sample" / f"{name}.mp4").open("rb") as video:
            keep_film(film=ArticleFilm(article=article, words=FILM_WORDS), video=video)
