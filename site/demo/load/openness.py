"""The openness window: what the county discloses, and letters with their answers."""

from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents.models import Document

from accounts.models import User
from brand.typeset import typeset
from demo.load.body import story
from demo.load.county import County
from demo.load.pages import publish
from demo.load.people import login
from demo.load.texts import FOOT, TEMPLATE
from openness.letters.handling import answer_letter, take_in_hand
from openness.letters.receiving import receive_letter
from openness.models import DisclosurePage, DisclosurePaper, OpennessPage

Words = Mapping[str, Any]
OPENED_AT, WRITTEN_AT, TAKEN_AT, ANSWERED_AT = "09:00", "20:15", "09:40", "16:30"


def add_openness(county: County) -> None:
    """Add the window with its disclosures, and the letters people wrote."""
    content = county.content("openness")
    window = OpennessPage(title="公开窗口", slug="openness", intro=content["intro"])
    publish(window, below=county.home, at=county.calendar.at)
    pages = {words["slug"]: _disclose(county, window, words) for words in content["disclosure"]}
    for words in content["letter"]:
        _write(county, words, about=pages.get(words.get("about", "")))


def _disclose(county: County, window: OpennessPage, words: Words) -> DisclosurePage:
    plain = (
        "title",
        "slug",
        "kind",
        "number",
        "issuer",
        "intro",
        "contact",
        "source",
        "outcome",
        "withdrawn_why",
    )
    facts = {name: words[name] for name in plain if name in words}
    page = DisclosurePage(
        **facts,
        search_description=words["intro"],
        opens_on=county.calendar.day(words["from"]),
        closes_on=county.calendar.optional_day(words.get("to")),
        withdrawn_on=county.calendar.optional_day(words.get("withdrawn")),
        body=story(words["body"]),
    )
    page.papers = [_paper(page, paper) for paper in words.get("paper", [])]
    page.clean()  # what the office may not publish is not in the demo either
    publish(page, below=window, at=county.calendar.moment(max(words["from"], 0), OPENED_AT))
    return page


def _paper(page: DisclosurePage, words: Words) -> DisclosurePaper:
    data = {
        "title": words["title"],
        "number": page.number,
        "issuer": page.issuer,
        "edition": "",
        "about": words.get("about", ""),
        "articles": [],
        "points": words["rows"],
        "day": f"{page.opens_on:%Y-%m-%d}",
        "foot": FOOT,
    }
    file = ContentFile(typeset(TEMPLATE, data), name=f"{page.slug}.pdf")
    document = Document(title=words["title"], file=file, file_size=file.size)
    document.save()
    return DisclosurePaper(document=document)


def _write(county: County, words: Words, *, about: DisclosurePage | None) -> None:
    letter = receive_letter(
        region=county.region,
        kind=words["kind"],
        words=words["words"],
        name=words.get("name", ""),
        contact=words.get("contact", ""),
        about=about,
        at=county.calendar.moment(words["days"], WRITTEN_AT),
    )
    reviewer = User.objects.get(email=login("reviewer"))
    if "taken" in words:
        take_in_hand(
            letter=letter,
            note=words.get("note", ""),
            by=reviewer,
            at=county.calendar.moment(words["taken"], TAKEN_AT),
        )
    if "answered" in words:
        letter.refresh_from_db()
        at = county.calendar.moment(words["answered"], ANSWERED_AT)
        answer_letter(letter=letter, answer=words["answer"], note="", by=reviewer, at=at)
