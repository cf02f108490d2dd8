"""What is found in a post before its review: words, links, pictures, what is missing; each with its place."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from news.blocks import POST_BLOCKS, block_names
from news.checks.findings import Weight
from news.checks.folding import fold, folded
from news.checks.looking import look
from news.checks.models import OutsideLink, SensitiveWord
from news.checks.reading import leaves, links, pictures, texts
from news.checks.words import hits
from news.models import NewsPage
from tests.factories.pages import county, news_index, post

AT = datetime(2026, 11, 23, 2, tzinfo=UTC)


@pytest.fixture
def index(db):
    return news_index(county())


@pytest.fixture
def image(db):
    return get_image_model().objects.create(title="IMG_2034", file=get_test_image_file())


def body(*rows) -> str:
    return json.dumps(
        [{"type": name, "value": value, "id": f"b{at}"} for at, (name, value) in enumerate(rows)]
    )


def draft(index, *rows, **facts) -> NewsPage:
    facts = {"body": body(*(rows or [("text", "<p>培三遍土。</p>")])), "art": "land", **facts}
    return post(index, "peitu", live=False, **facts)


def said(page: NewsPage, weight: Weight | None = None) -> list[str]:
    return [found.says for found in look(page, at=AT) if weight is None or found.weight is weight]


def word(text: str, *, allowed: str = "") -> SensitiveWord:
    return SensitiveWord(word=text, kind="block", reason="试", allowed_in=allowed)


# --- words ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["最佳的葱", "最 佳", "最　佳", "最\u200b佳", "「最」佳", "最-佳"])
def test_a_word_is_found_in_whatever_clothes(text) -> None:
    assert [hit.word.word for hit in hits(text, [word("最佳")])] == ["最佳"]


@pytest.mark.parametrize("text", ["ＮＯ．１", "no.1", "No 1"])
def test_width_and_case_do_not_matter(text) -> None:
    assert list(hits(text, [word("No1")]))


def test_a_word_within_one_that_is_all_right_is_not_meant() -> None:
    first = word("第一", allowed="第一书记\n第一遍")
    assert not list(hits("驻村第一书记培了第一遍土", [first]))
    assert next(hits("第一书记说全县第一", [first])).around == "第一书记说全县第一"


@given(st.text(max_size=40), st.text(max_size=40))
def test_what_is_there_is_found(before, after) -> None:
    found = list(hits(f"{before}最佳{after}", [word("最佳")]))
    assert len(found) == 1


@given(st.text(max_size=60))
def test_every_letter_has_its_place(text) -> None:
    letters = fold(text)
    assert "".join(letter for letter, _at in letters) == folded(text)
    assert all(0 <= at < len(text) for _letter, at in letters)


def test_the_first_list_names_its_law(db) -> None:
    assert SensitiveWord.objects.get(word="最佳").reason.startswith("广告法第九条第三项")
    assert SensitiveWord.objects.filter(kind="block").count() >= 8
    for row in SensitiveWord.objects.all():
        row.full_clean(validate_unique=False)


def test_a_word_half_bold_is_found_and_none_across_paragraphs(index) -> None:
    page = draft(index, ("text", "<p>这是<b>最</b>佳的葱。</p><p>他说这葱最</p><p>佳节将至</p>"))
    assert len(said(page, Weight.STOPS)) == 1


def test_words_are_found_in_every_kind_of_block(index, image) -> None:
    rows = {
        "heading": "最佳",
        "text": "<p>最佳</p>",
        "quote": {"text": "最佳", "who": ""},
        "picture": {"image": image.pk, "alt": "", "caption": "最佳", "credit": ""},
        "gallery": {"pictures": [{"image": image.pk, "alt": "最佳", "caption": ""}] * 2, "credit": ""},
        "table": {"caption": "", "cells": "葱|最佳", "first_row_names": True},
        "attachment": {"document": None, "title": "最佳"},
        "video": {"film": None, "address": "", "caption": "最佳"},
        "facts": {"rows": [{"name": "葱", "value": "最佳"}]},
        "product_card": {"product": None, "note": "最佳"},
        "base_live": {"title": "最佳", "base": None},
        "course_card": {"course": None, "note": "最佳"},
        "licence_call": {"check": "code", "title": "最佳", "text": ""},
        "action": {"title": "最佳", "text": "", "link": {"label": "", "page": None, "address": "/news/"}},
    }
    assert rows.keys() == block_names()
    page = draft(index, *rows.items())
    places = {place.words.split(" ")[0] for place, text in texts(page) if "最佳" in text}
    assert places == {str(number) for number in range(1, len(POST_BLOCKS) + 1)}
    assert all(leaf.place.anchor.startswith("block-b") for leaf in leaves(page))


# --- links ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "fine"),
    [
        ("/news/", True),
        ("/news/2026/gone/", False),
        ("/nowhere-at-all/", False),
        ("/brand/licences/", True),
        ("/en/news/", True),
        ("http://lucheng.localhost/news/", True),
        ("http://lucheng.localhost/no/", False),
        ("mailto:ban@example.org", True),
        ("tel:0355-1234567", True),
        ("#top", True),
        ("", False),
        ("news", False),
    ],
)
def test_links_of_our_own_lead_somewhere(index, address, fine) -> None:
    page = draft(index, ("text", f'<p><a href="{address}">看这里</a></p>'))
    assert (not said(page, Weight.STOPS)) is fine


def test_a_page_that_is_not_public_stops_the_post(index) -> None:
    other = post(index, "other", live=False)
    page = draft(index, ("text", f'<p><a linktype="page" id="{other.pk}">上一篇</a></p>'))
    assert "上一篇" in said(page, Weight.STOPS)[0]
    other.get_latest_revision().publish()
    assert not said(page, Weight.STOPS)


def test_a_link_inside_a_block_is_read_too(index) -> None:
    call = {"title": "看", "text": "", "link": {"label": "去", "page": None, "address": "/gone-for-good/"}}
    page = draft(index, ("action", call))
    found = look(page, at=AT)[0]
    assert found.weight is Weight.STOPS and found.place.anchor == "block-b0-section"
    assert [link.address for link in links(page)] == ["/gone-for-good/"]


def test_outside_links_are_told_until_looked_at_and_ask_when_broken_twice(index) -> None:
    url = "https://example.org/x"
    page = draft(index, ("text", f'<p><a href="{url}">外面</a></p>'))
    assert any(url in says for says in said(page, Weight.TELLS))
    row = OutsideLink.objects.create(
        url=url, due_at=AT, checked_at=AT, trouble="gone", status=404, failures=1
    )
    assert not any(url in says for says in said(page))
    row.failures = 2
    row.save()
    assert any("已经没有了" in says for says in said(page, Weight.ASKS))


# --- pictures, cover, title, source, times ----------------------------------------------------------


def test_a_picture_without_words_asks(index, image) -> None:
    bare = {"image": image.pk, "alt": "", "caption": "", "credit": ""}
    page = draft(index, ("picture", bare), image=image)
    assert any("IMG_2034" in says for says in said(page, Weight.ASKS))
    page.body = [("picture", {**bare, "image": image, "alt": "一畦葱"})]
    assert not any("IMG_2034" in says for says in said(page))
    assert [alt for _place, _image, alt in pictures(page)] == ["一畦葱"]


def test_a_named_picture_says_what_is_on_it(index, image) -> None:
    image.title = "培土的人"
    image.save()
    page = draft(index, ("picture", {"image": image.pk, "alt": "", "caption": "", "credit": ""}), image=image)
    assert not said(page)


@pytest.mark.parametrize(
    ("facts", "part"),
    [
        ({}, "封面"),
        ({"title": "葱" * 33}, "33 个字"),
        ({"intro": "转载自山西日报"}, "来源却空着"),
        ({"go_live_at": datetime(2026, 11, 23, 1, tzinfo=UTC)}, "已经过了"),
        (
            {"go_live_at": datetime(2026, 11, 24, 1, tzinfo=UTC), "published_on": date(2026, 11, 23)},
            "日期却是",
        ),
    ],
)
def test_what_asks(index, facts, part) -> None:
    assert any(part in says for says in said(draft(index, **facts), Weight.ASKS))


def test_a_repost_that_names_its_source_is_fine(index) -> None:
    page = draft(index, intro="转载自山西日报", source="山西日报")
    assert not any("来源" in says for says in said(page))


def test_an_empty_post_is_stopped(index) -> None:
    page = draft(index)
    page.body, page.intro = [], ""
    places = {found.place.words for found in look(page, at=AT) if found.weight is Weight.STOPS}
    assert places == {"正文", "摘要"}


def test_looking_asks_the_database_little(index, image, django_assert_max_num_queries) -> None:
    pages = [post(index, f"p{number}") for number in range(4)]
    rows = [
        ("text", f'<p><a linktype="page" id="{one.pk}">x</a> <a href="/news/">y</a></p>') for one in pages
    ]
    few = draft(index, rows[0], image=image)
    look(few, at=AT)
    with django_assert_max_num_queries(16):
        look(few, at=AT)
    few.slug = "few"
    few.save()
    many = draft(index, *rows * 5, image=image)
    look(many, at=AT)
    with django_assert_max_num_queries(16):
        look(many, at=AT)


def test_a_finding_is_told_from_another(index) -> None:
    found = look(draft(index, title="葱" * 33), at=AT)
    assert len({one.key for one in found}) == len(found)
