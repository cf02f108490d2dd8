"""Blocks of posts: tables, films, cards, calls."""

from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.models import Document

from news.blocks.film import VideoBlock
from news.blocks.papers import TableBlock
from news.films.models import PostFilm
from news.films.players import player_of
from tests.factories.brand import ProductFactory
from tests.factories.pages import county, course, news_index, post, training_index
from tests.factories.record import BaseFactory


@pytest.fixture
def region(db):
    return county()


@pytest.fixture
def index(region):
    return news_index(region)


def table(cells, **more):
    return TableBlock().to_python({"cells": cells, "first_row_names": True, **more})


def shown(client, index, body):
    post(index, "a", body=body)
    answer = client.get("/news/2026/a/", headers={"host": "lucheng.localhost"})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("cells", ["几点\t做什么\n6:30\t起葱", "几点|做什么\n\n 6:30 | 起葱 \n"])
def test_a_table_is_read_from_what_a_spreadsheet_copies_or_bars(cells):
    value = table(cells)
    assert (value.head, value.body) == (["几点", "做什么"], [["6:30", "起葱"]])


def test_short_rows_are_filled_up_and_nothing_is_no_table():
    assert table("a|b|c\nd").rows == [["a", "b", "c"], ["d", "", ""]]
    assert (table("").rows, table("").head) == ([], [])
    assert table("a|b", first_row_names=False).body == [["a", "b"]]


def test_a_table_is_shown_with_its_head_and_escaped(client, index):
    text = shown(
        client, index, [("table", {"cells": "<b>|x\n1|2", "first_row_names": True, "caption": "表"})]
    )
    assert '<th scope="col">&lt;b&gt;</th>' in text
    assert "<td>2</td>" in text


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://www.bilibili.com/video/BV1xx411c7mD/", "BV1xx411c7mD"),
        ("https://www.bilibili.com/video/BV1xx411c7mD?p=2", "BV1xx411c7mD"),
        ("https://v.qq.com/x/page/u3321abcdef.html", "u3321abcdef"),
        ("https://v.qq.com/x/cover/mzc00200abc/u3321abcdef.html", "u3321abcdef"),
        ("https://evil.example/video/BV1xx411c7mD/", None),
        ("javascript:alert(1)//www.bilibili.com/video/BV1xx411c7mD/", None),
        ("https://www.bilibili.com.evil.example/video/BV1xx411c7mD/", None),
        ("https://[", None),
        ("", None),
    ],
)
def test_films_elsewhere_are_known_by_their_address(address, key):
    found = player_of(address)
    assert (found.key if found else None) == key


@pytest.mark.parametrize(("address", "field"), [("", "film"), ("https://example.org/film.mp4", "address")])
def test_a_video_without_a_film_we_can_show_is_refused_in_words(address, field):
    block = VideoBlock()
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.to_python({"film": None, "address": address, "caption": ""}))
    assert set(refused.value.block_errors) == {field}


def test_a_film_elsewhere_is_a_link_never_a_frame(client, index):
    text = shown(
        client, index, [("video", {"address": "https://v.qq.com/x/page/u3321abcdef.html", "caption": ""})]
    )
    assert 'href="https://v.qq.com/x/page/u3321abcdef.html"' in text
    assert "<iframe" not in text


def test_a_film_of_ours_is_a_still_that_plays_when_touched(client, index, region):
    film = PostFilm.objects.create(
        region=region, title="起葱", words="没有旁白。", video="films/a.mp4", poster="films/a.jpg",
        width=640, height=360, seconds=8,
    )  # fmt: skip
    text = shown(client, index, [("video", {"film": film, "address": "", "caption": "看起葱"})])
    for words in ["data-film", "films/a.mp4", "看起葱", "没有旁白。", "record/films.js"]:
        assert words in text


def test_an_attachment_says_its_kind_and_size(client, index):
    paper = Document(title="台账", file=ContentFile(b"x" * 2048, name="ledger.csv"))
    paper.file_size = 2048
    paper.save()
    text = shown(client, index, [("attachment", {"document": paper, "title": ""})])
    assert "台账" in text
    assert "CSV" in text
    assert "2.0" in text


def test_a_product_that_is_not_on_sale_leads_to_its_record(client, index):
    product = ProductFactory(name="潞城大葱鲜葱")
    text = shown(client, index, [("product_card", {"product": product, "note": "当天起的"})])
    assert f"/trace/products/{product.gtin}/" in text
    assert "现在没在卖" in text
    assert "当天起的" in text


def test_a_product_on_sale_has_its_price_and_leads_to_the_hall(client, index):
    from tests.factories.shop import ArticleFactory

    product = ProductFactory()
    article = ArticleFactory(brand_product=product, stock__price=Decimal("39.80"))
    text = shown(client, index, [("product_card", {"product": product, "note": ""})])
    assert "39.80" in text
    assert article.get_absolute_url() in text


def test_a_base_without_a_station_says_so(client, index):
    text = shown(client, index, [("base_live", {"title": "此刻", "base": BaseFactory(slug="zjh")})])
    assert "/bases/zjh/" in text
    assert "未记录" in text


def test_a_course_card_leads_to_the_course_and_a_draft_is_left_out(client, index, region):
    courses = training_index(region)
    open_one, draft = course(courses, "fenjian"), course(courses, "draft", live=False)
    text = shown(
        client,
        index,
        [
            ("course_card", {"course": open_one, "note": ""}),
            ("course_card", {"course": draft, "note": "藏着"}),
        ],
    )
    assert "/training/fenjian/" in text
    assert "藏着" not in text


@pytest.mark.parametrize(
    ("check", "action", "field"),
    [("code", "/trace/", "code"), ("licence", "/brand/licences/", "number")],
)
def test_a_call_asks_the_page_that_answers(client, index, check, action, field):
    text = shown(client, index, [("licence_call", {"check": check, "title": "查一查", "text": ""})])
    assert f'action="{action}"' in text
    assert f'name="{field}"' in text
    assert "csrf" not in text.lower()
