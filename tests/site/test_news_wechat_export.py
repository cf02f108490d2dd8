"""A post as an article of WeChat: every block survives, with nothing in it that WeChat takes out."""

import re
from html.parser import HTMLParser
from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Pillow
from wagtail.images.models import Image

from news.blocks import POST_BLOCKS, block_names
from news.models import NewsPage
from news.wechat import stills
from news.wechat.blocks import RENDERERS
from news.wechat.cropping import cut
from news.wechat.exporting import export, origin_of
from news.wechat.kept import cleaned
from news.wechat.lengths import lengths, too_long
from tests.factories.pages import county, news_index, post
from tests.factories.wechat import every_block, full_post, photo
from tests.gateways.official_account import Content

# written down once more, by hand: the test does not believe the list it tests
KEPT_TAGS = {
    "section", "p", "span", "strong", "em", "br", "hr", "h2", "h3", "h4", "blockquote", "ul", "ol", "li",
    "img", "a", "sup", "sub", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
KEPT_ATTRIBUTES = {"style", "src", "alt", "href", "colspan", "rowspan"}
KEPT_STYLES = re.compile(
    r"(?:background-)?color|font-(?:size|weight|style)|line-height|letter-spacing|text-(?:align|decoration|indent)"
    r"|vertical-align|white-space|word-break|(?:margin|padding|border)(?:-(?:top|right|bottom|left))?"
    r"|border-(?:radius|collapse)|(?:max-)?width|height|display|box-sizing|list-style-type"
)


@pytest.fixture
def region(db):
    return county()


@pytest.fixture
def index(region):
    return news_index(region)


@pytest.fixture
def article(region, index):
    return export(full_post(index, region), region=region)


def assert_kept(html: str) -> None:
    """Refuse what WeChat would take out: by a parser of its own, tag by tag and style by style."""
    for tag, attributes in Content.of(html).tags:
        assert tag in KEPT_TAGS, tag
        assert attributes.keys() <= KEPT_ATTRIBUTES, (tag, attributes)
        for pair in (attributes.get("style") or "").split(";"):
            name, _colon, value = pair.partition(":")
            assert not name or KEPT_STYLES.fullmatch(name), pair
            assert "var(" not in value and "url(" not in value and "!important" not in value, pair


class Balance(HTMLParser):
    """Whether every tag that opens closes."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in {"img", "br", "hr"}:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        assert tag in {"img", "br", "hr"}

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_every_block_a_post_may_hold_has_a_renderer() -> None:
    assert block_names() == RENDERERS.keys()


def test_the_post_of_the_test_uses_every_block(region) -> None:
    assert {name for name, _value in every_block(region)} == block_names()


def test_a_post_with_every_block_holds_only_what_wechat_keeps(article) -> None:
    assert_kept(article.content)
    balance = Balance()
    balance.feed(article.content)
    assert balance.open == []
    assert 'style=""' not in article.content and "class=" not in article.content
    # styles stand in the elements, in the colours of the county
    assert "<h2 style=" in article.content and "#22643b" in article.content
    assert {"font-size", "line-height", "border-left"} <= Content.of(article.content).styles
    assert article.source_url.endswith("/news/2026/peitu/")
    assert too_long(article) == []
    assert lengths(article)[-1].is_ < 16_000


WRITTEN = """
为什么是三遍 其实 一部分 政策原文 第二遍 早上起的葱 一捆五千克 葱白多长。 李长根 多厚 培土记录
PDF 第三遍培土 从头看到尾 bilibili.com/video 张家河村 未记录 当天起葱 此刻的张家河 6.4 61 对着手机卖货
赵芳 带这个标的，才算数 看基地 潞城融媒 https://www.gov.cn/zhengce/
"""


def test_nothing_an_editor_wrote_is_lost_and_links_become_numbers(article) -> None:
    text = Content.of(article.content).text
    assert [words for words in WRITTEN.split() if words not in text] == []
    assert "潞城大葱 鲜葱" in text and "图 周敏" in text
    links = [attributes["href"] for tag, attributes in Content.of(article.content).tags if tag == "a"]
    assert links == ["https://mp.weixin.qq.com/s/abc"]
    assert "政策原文" in article.content and "[1]</sup>" in article.content
    assert "[1] https://www.gov.cn/zhengce/" in text


def test_pictures_are_jpeg_or_png_under_one_megabyte_at_full_addresses(article, region) -> None:
    found = Content.of(article.content).pictures
    assert len(found) >= 8 and set(found) == article.stills.keys()
    assert all(address.startswith(origin_of(region)) for address in found)
    for still in article.stills.values():
        content = still.content()
        with Pillow.open(BytesIO(content)) as image:
            assert image.format in {"JPEG", "PNG"} and len(content) <= 1024 * 1024
            assert still.media_type == f"image/{image.format.lower()}"


def test_the_cover_is_cut_around_the_focal_point(region, index) -> None:
    image = photo(size=(1600, 1600))
    image.focal_point_x, image.focal_point_y, image.focal_point_width, image.focal_point_height = (
        200,
        1400,
        10,
        10,
    )
    image.save()
    found = export(post(index, "cover", image=image), region=region).cover
    left, top, right, bottom = map(float, found.wide.split("_"))
    assert (left, right) == (0, 1) and bottom == 1
    assert (right - left) / (bottom - top) == pytest.approx(2.35, abs=0.001)
    assert found.square == "0_0_1_1"


def test_a_post_without_a_picture_gets_the_land_of_the_county_as_cover(region, index) -> None:
    cover = export(post(index, "plain"), region=region).cover
    with Pillow.open(BytesIO(cover.still.content())) as image:
        assert image.width / image.height == pytest.approx(2.35, abs=0.01)
        assert len(image.convert("RGB").getcolors(100_000)) > 5


@given(ratio=st.floats(0.2, 8), wanted=st.sampled_from([1.0, 2.35]), x=st.floats(0, 1), y=st.floats(0, 1))
def test_what_is_cut_out_lies_within_and_has_the_shape(ratio, wanted, x, y) -> None:
    left, top, right, bottom = map(float, cut(ratio, wanted, (x, y)).split("_"))
    assert 0 <= left < right <= 1 and 0 <= top < bottom <= 1
    assert ratio * (right - left) / (bottom - top) == pytest.approx(wanted, rel=0.001)


def test_a_picture_of_more_than_a_megabyte_is_made_smaller(region, index) -> None:
    noise = BytesIO()
    Pillow.effect_noise((2400, 2400), 120).convert("RGB").save(noise, "PNG")
    noise.seek(0)
    image = Image.objects.create(title="麻", file=ImageFile(noise, name="noise.png"))
    body = [("picture", {"image": image, "alt": "", "caption": "", "credit": ""})]
    article = export(post(index, "noise", body=body), region=region)
    (still,) = article.stills.values()
    assert len(still.content()) <= stills.MOST_BYTES


def test_a_picture_whose_file_is_gone_is_named(region, index) -> None:
    image = photo("丢了的图")
    image.file.storage.delete(image.file.name)
    body = [("picture", {"image": image, "alt": "", "caption": "", "credit": ""})]
    with pytest.raises(stills.NoStill, match="丢了的图"):
        export(post(index, "gone", body=body), region=region)


def test_what_is_too_long_is_said_with_its_number(region, index) -> None:
    page = post(
        index, "long", title="葱" * 33, author="周" * 17, intro="葱",
        body=[("text", "<p>" + "葱" * 900 + "</p>")] * 23,
    )  # fmt: skip
    said = too_long(export(page, region=region))
    assert len(said) == 3
    assert "33" in said[0] and "32" in said[0] and "17" in said[1] and "19999" in said[2]


def test_pictures_count_with_the_addresses_wechat_gives_them(region, index) -> None:
    body = [("picture", {"image": photo(), "alt": "", "caption": "", "credit": ""})]
    article = export(post(index, "one", body=body), region=region, pictures_at="")
    (address,) = article.stills
    assert lengths(article)[-1].is_ == len(article.content) + 180 - len(address)


def test_things_that_are_gone_leave_nothing_behind(region, index) -> None:
    page = post(index, "gaps")
    page.body = [
        ("product_card", {"product": None, "note": ""}), ("base_live", {"title": "", "base": None}),
        ("course_card", {"course": None, "note": ""}), ("attachment", {"document": None, "title": ""}),
        ("picture", {"image": None, "alt": "", "caption": "", "credit": ""}),
        ("video", {"film": None, "address": "", "caption": ""}),
    ]  # fmt: skip
    assert "<img" not in export(page, region=region).content


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<div id=a class=b onclick=x>葱</div>", "<section>葱</section>"),
        ("<p>葱<script>alert(1)</script></p>", "<p>葱</p>"),
        ('<a href="https://example.org/">那里</a>', "那里"),
        ('<a href="https://mp.weixin.qq.com.evil.org/">那里</a>', "那里"),
        ('<p style="position:fixed; color: red">葱</p>', '<p style="color:red">葱</p>'),
        ('<p style="background-color: url(x)">葱</p>', "<p>葱</p>"),
        ("<svg><text>葱</text></svg>", ""),
        ("<!-- 葱 --><p>葱</p>", "<p>葱</p>"),
        ("<font><b>葱</b></font>", "<strong>葱</strong>"),
        ('<iframe src="//v.qq.com"></iframe>', ""),
        ("<p>a &lt;b&gt; &amp; c</p>", "<p>a &lt;b&gt; &amp; c</p>"),
    ],
)  # fmt: skip
def test_what_wechat_takes_out_is_out_before(html: str, kept: str) -> None:
    assert cleaned(html) == kept


@given(st.text(alphabet="<>/\"'= abcsvgiframe葱&;!-", max_size=80))
def test_whatever_comes_in_only_what_is_kept_comes_out(html: str) -> None:
    assert_kept(cleaned(html))


def test_every_block_of_a_preview_survives_alone(region, index) -> None:
    for name, block in POST_BLOCKS:
        value = getattr(block.meta, "preview_value", None)
        if value is None:
            continue
        page = NewsPage(title="样", body=[(name, block.normalize(value))], intro="样", slug=f"p-{name}")
        index.add_child(instance=page)
        assert_kept(export(page, region=region).content)
