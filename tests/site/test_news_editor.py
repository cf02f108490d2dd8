"""Writing a post in the back office: its form, how blocks look in the chooser, looking before saving."""

import re

import pytest
from django.test import RequestFactory
from django.urls import reverse
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from news.blocks import POST_BLOCKS
from news.models import NewsPage, NewsTopicPage
from tests.factories.accounts import person
from tests.factories.brand import ProductFactory
from tests.factories.pages import add, county, news_index, post


@pytest.fixture
def region(db):
    return county()


@pytest.fixture
def index(region):
    return news_index(region)


@pytest.fixture
def editor(client, index):
    client.force_login(person("editor"))
    return client


def form(client, index):
    answer = client.get(reverse("wagtailadmin_pages:add", args=["news", "newspage", index.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_no_field_cuts_what_an_input_method_composes(editor, index):
    text = form(editor, index)
    for name in ("title", "intro", "author", "source"):
        field = re.search(rf'<(?:input|textarea)[^>]*name="{name}"[^>]*>', text)[0]
        assert "maxlength" not in field, name


def test_what_is_too_long_is_said_and_kept(editor, index):
    page = post(index, "a", live=False)
    long = "葱" * 130
    told = {
        "title": "培土", "slug": "a", "intro": long, "kind": "article", "category": "industry",
        "published_on": "2026-11-18", "body-count": "0", "chosen_related-TOTAL_FORMS": "0",
        "chosen_related-INITIAL_FORMS": "0", "chosen_related-MIN_NUM_FORMS": "0",
        "chosen_related-MAX_NUM_FORMS": "4", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0", "comments-MAX_NUM_FORMS": "1000",
    }  # fmt: skip
    answer = editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), told)
    assert answer.status_code == 200
    assert long in answer.content.decode()
    assert NewsPage.objects.get(pk=page.pk).get_latest_revision_as_object().intro != long


def test_only_what_the_county_has_can_be_chosen(editor, index, region):
    ProductFactory(region=region, name="潞城大葱鲜葱")
    elsewhere = county("daning", default=False, adcode="141030")
    ProductFactory(region=elsewhere, name="别县的苹果")
    add(index, NewsTopicPage(title="一棵葱的一年", slug="cong", intro="。"))
    text = form(editor, index)
    assert "潞城大葱鲜葱" in text
    assert "一棵葱的一年" in text
    assert "别县的苹果" not in text


def test_pasted_text_is_made_plain_by_a_script_of_ours(editor, index):
    text = form(editor, index)
    assert "news/paste.js" in text
    assert 'id="paste-words"' in text


def test_the_saved_cover_is_shown_as_it_is_cut(editor, index):
    image = Image.objects.create(title="葱", file=get_test_image_file(size=(940, 400)))
    page = post(index, "a", image=image, live=False)
    text = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "fill-470x200" in text
    assert "fill-200x200" in text


@pytest.mark.parametrize("name", [name for name, _block in POST_BLOCKS])
def test_every_block_shows_what_it_looks_like(editor, name):
    block = dict(POST_BLOCKS)[name]
    assert block.is_previewable
    body = NewsPage.body.field.stream_block.child_blocks[name]
    answer = editor.get(reverse("wagtailadmin_block_preview"), {"id": body.definition_prefix})
    assert answer.status_code == 200
    assert "block-preview" in answer.content.decode()


def test_a_post_can_be_looked_at_before_it_is_saved(index):
    page = NewsPage(title="培土", slug="peitu", intro="三遍。", body=[("text", "<p>葱</p>")])
    page.path, page.depth = f"{index.path}0001", index.depth + 1
    request = RequestFactory().get("/", headers={"host": "lucheng.localhost"})
    around = page.get_context(request)
    assert around["trail"][-1] == ("培土", "")
    assert (around["older"], around["newer"], around["related"]) == (None, None, [])
