"""Rules and standards, each edition with a PDF that was set for it."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from brand.editions.models import Edition
from brand.models import Crop, Rule, RuleEdition, Standard, StandardEdition
from brand.typeset import typeset
from demo.load.content import SHARED, read
from demo.load.county import County

TEMPLATE = Path(__file__).with_name("text.typ")
FOOT = "演示用的文件：内容是示例，不作为办事的依据。"
Words = Mapping[str, Any]


def add_rules(county: County) -> None:
    """Add the rules of the brand, every edition of them."""
    for words in read(SHARED, "rules")["rule"]:
        rule = Rule.objects.create(
            region=county.region,
            title=words["title"].format(**county.words),
            slug=words["slug"],
            about=words["about"],
            issued_by=county.words["association"],
            position=words["position"],
        )
        count = len(words["edition"])
        for place, edition in enumerate(words["edition"]):
            articles = [
                {"head": article["head"], "text": article["text"].format(**county.words)}
                for article in words["article"]
                if _stands_in(article, count - place)
            ]
            _add_edition(county, RuleEdition(rule=rule), edition, title=rule.title, articles=articles)


def _stands_in(article: Words, number: int) -> bool:
    return bool(article.get("from", 1) <= number <= article.get("until", number))


def add_standards(county: County) -> None:
    """Add the standards of the association and those of others that it follows."""
    for words in county.content("standards")["standard"]:
        standard = _standard(county, words, issued_by=county.words["association"])
        for edition in words["editions"]:
            _add_edition(
                county,
                StandardEdition(standard=standard),
                edition,
                title=standard.title,
                number=standard.number,
                about=standard.about,
                points=words["points"],
            )
    for words in read(SHARED, "standards")["standard"]:
        StandardEdition.objects.create(
            standard=_standard(county, words, issued_by=words["issued_by"]),
            label=words["label"],
            in_force_from=words["in_force_from"],
            link=words["link"],
        )


def _standard(county: County, words: Words, *, issued_by: str) -> Standard:
    facts = {name: words[name] for name in ("number", "title", "slug", "stage", "about")}
    level = words.get("level", Standard.Level.GROUP)
    standard = Standard.objects.create(region=county.region, level=level, issued_by=issued_by, **facts)
    if names := words.get("crops"):
        standard.crops.set(Crop.objects.filter(name__in=names))
        standard.save()
    return standard


def _add_edition(county: County, edition: Edition, words: Words, *, title: str, **paper: Any) -> None:
    edition.label = words["label"]
    edition.changes = words["changes"].strip()
    edition.in_force_from = county.calendar.day(words["days"])
    edition.withdrawn_on = county.calendar.optional_day(words.get("withdrawn"))
    data = _paper(county, edition, title=title, **paper)
    edition.size = len(data)
    edition.file.save("edition.pdf", ContentFile(data), save=False)
    edition.save()


def _paper(
    county: County,
    edition: Edition,
    *,
    title: str,
    number: str = "",
    about: str = "",
    articles: Iterable[Mapping[str, str]] = (),
    points: Iterable[Iterable[str]] = (),
) -> bytes:
    day = edition.in_force_from
    facts = {
        "title": title,
        "number": f"{number}—{edition.label}" if number else "",
        "edition": f"{edition.label}　{_written(day)}起施行",
        "about": about,
        "articles": list(articles),
        "points": [list(point) for point in points],
        "issuer": county.words["association"],
        "day": _written(day),
        "foot": FOOT,
    }
    return typeset(TEMPLATE, facts)


def fact_sheet(county: County, *, title: str, facts: Iterable[Mapping[str, str]]) -> bytes:
    """Return what the press asks first on one sheet of paper, as PDF."""
    words = {**county.words, "place": county.region.full_name}
    day = county.calendar.day(0)
    paper = {
        "title": title,
        "number": "",
        "edition": _written(day),
        "about": county.content("story")["press"]["short"],
        "articles": [],
        "points": [[fact["name"], fact["value"].format(**words)] for fact in facts],
        "issuer": words["association"],
        "day": _written(day),
        "foot": FOOT,
    }
    return typeset(TEMPLATE, paper)


def _written(day: date) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日"
