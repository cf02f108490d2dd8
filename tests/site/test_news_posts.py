"""Posts: kinds, topics, related posts, every block, and how lists stay quick."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageViewRestriction

from accounts.groups import sync_roles
from news.blocks import POST_BLOCKS, block_names
from news.models import NewsPage, NewsTopicPage, RelatedPost, TopicPin
from news.posts.reading import blocks_in_order
from news.queries import page_of, posts_beside, posts_of_topic, posts_under
from tests.factories.accounts import person
from tests.factories.brand import ProductFactory
from tests.factories.pages import add, county, news_index, post
from tests.factories.record import BaseFactory

GALLERY_TEXT = [("text", "<p>先看图。</p>")]


@pytest.fixture
def index(db):
    return news_index(county())


@pytest.fixture
def image(db):
    return Image.objects.create(title="葱", file=get_test_image_file(size=(640, 480)))


def topic(index, slug="cong", **facts):
    return add(
        index, NewsTopicPage(**{"title": "一棵葱的一年", "slug": slug, "intro": "照着日子读。", **facts})
    )


def gallery(image):
    return ("gallery", {"pictures": [{"image": image, "caption": "一"}, {"image": image, "caption": "二"}]})


def shown(client, path):
    answer = client.get(path, headers={"host": "lucheng.localhost"})
    assert answer.status_code == 200
    return answer.content.decode()


def related(page):
    return posts_beside(page, products=list(page.products.all()), tags=list(page.tags.all())).related


def test_a_post_knows_its_list_also_after_it_was_moved(index):
    page = post(index, "peitu")
    assert page.index_id == index.pk
    other = news_index(county("daning", default=False, adcode="141030"))
    page.move(other, pos="last-child")
    assert list(posts_under(index)) == []
    assert [found.pk for found in posts_under(other)] == [page.pk]


def test_a_site_without_a_list_has_no_posts(db):
    region = county()
    assert list(posts_under(region.site.root_page)) == []


def test_a_picture_story_opens_with_its_gallery(client, index, image):
    page = post(index, "tu", kind="gallery", body=[*GALLERY_TEXT, gallery(image)])
    assert [block.block_type for block in blocks_in_order(page)] == ["gallery", "text"]
    text = shown(client, "/news/2026/tu/")
    assert text.index('class="pages-through"') < text.index("先看图。")
    assert "post-cover" not in text
    assert "1 / 2" in text


def test_a_picture_story_without_a_gallery_is_shown_as_an_article(client, index):
    post(index, "tu", kind="gallery", body=GALLERY_TEXT)
    assert "post-cover" in shown(client, "/news/2026/tu/")


def test_the_list_can_be_narrowed_to_videos(client, index):
    post(index, "a", title="看一场培土", kind="video")
    post(index, "b", title="只有字")
    text = shown(client, "/news/?kind=video")
    assert "看一场培土" in text
    assert "只有字" not in text


def test_a_topic_with_nothing_in_front_shows_the_newest_first(client, index):
    series = topic(index)
    first, second = (
        post(index, slug, published_on=date(2026, 11, day), topics=[series])
        for slug, day in (("one", 2), ("two", 3))
    )
    assert list(posts_of_topic(series)) == [second, first]


def test_a_topic_shows_its_posts_in_its_order_what_is_in_front_first(client, index):
    series = topic(index, order="oldest")
    first, second, third = (
        post(index, slug, title=slug, published_on=date(2026, 11, day), topics=[series])
        for day, slug in enumerate("abc", 1)
    )
    post(index, "draft", topics=[series], live=False)
    post(index, "elsewhere")
    TopicPin.objects.create(topic=series, post=third, sort_order=0)
    assert list(posts_of_topic(series)) == [third, first, second]
    text = shown(client, "/news/topics/cong/")
    assert "照着日子读。" in text
    assert "elsewhere" not in text
    assert "/news/topics/cong/" in shown(client, "/news/2026/a/")


def test_topics_have_an_address_and_a_list_of_their_own(client, index):
    series = topic(index)
    assert series.get_url().endswith("/news/topics/cong/")
    assert "/news/topics/cong/" in shown(client, "/news/topics/")
    assert client.get("/news/topics/nothing/").status_code == 404
    assert client.get("/news/2026/cong/").status_code == 404


def test_the_text_of_a_topic_goes_live_by_review_alone(index):
    made = topic(index)
    sync_roles()  # rights on the pages that are there now
    for role in ("editor", "reviewer"):
        assert not made.permissions_for_user(person(role)).can_publish()
    assert made.permissions_for_user(person("editor", phone="+8613800000066")).can_submit_for_moderation()


def test_no_topic_yet_is_said(client, index):
    assert "还没有专题" in shown(client, "/news/topics/")


def test_a_draft_topic_is_shown_nowhere(client, index):
    hidden = add(index, NewsTopicPage(title="还没开", slug="x", intro="。"), live=False)
    post(index, "a", topics=[hidden])
    assert "还没开" not in shown(client, "/news/2026/a/")
    assert client.get("/news/topics/x/").status_code == 404


def test_what_speaks_of_the_same_product_is_nearest(index):
    scallion, base = ProductFactory(), BaseFactory()
    here = post(index, "here", products=[scallion], base=base, category="product")
    same_product = post(index, "p", products=[scallion], category="event")
    same_base = post(index, "b", base=base, category="event", published_on=date(2026, 11, 20))
    same_category = post(index, "c", category="product")
    post(index, "none", category="event")
    post(index, "draft", products=[scallion], live=False)
    assert related(here) == [same_product, same_base, same_category]


def test_an_editors_choice_stands_in_place_of_what_is_found(index):
    here = post(index, "here", category="product")
    post(index, "same", category="product")
    chosen = [post(index, f"old{n}", category="event") for n in range(2)]
    for place, other in enumerate(reversed(chosen)):
        RelatedPost.objects.create(post=here, other=other, sort_order=place)
    assert related(here) == list(reversed(chosen))
    PageViewRestriction.objects.create(page=chosen[0], restriction_type=PageViewRestriction.LOGIN)
    assert related(here) == [chosen[1]]


def test_nothing_in_common_is_no_relation(index):
    here = post(index, "here", category="product")
    post(index, "other", category="event")
    assert related(here) == []


def test_a_post_with_pictures_takes_no_query_for_each(client, index, image):
    def pictures(number):
        return [("picture", {"image": image, "caption": str(place)}) for place in range(number)]

    post(index, "few", image=image, body=pictures(1), published_on=date(2026, 11, 1))
    post(index, "many", image=image, body=[*pictures(5), gallery(image)], published_on=date(2026, 11, 2))
    counts = []
    for slug in ("few", "many"):
        shown(client, f"/news/2026/{slug}/")  # makes the renditions
        with CaptureQueriesContext(connection) as captured:
            shown(client, f"/news/2026/{slug}/")
        counts.append(len(captured))
    assert counts[1] <= counts[0] + 1, "one for the pictures of the gallery"


def test_the_cover_is_the_shared_card_and_is_cut_wide(client, index, image):
    post(index, "a", image=image)
    text = shown(client, "/news/2026/a/")
    assert "fill-1200x630" in text
    assert "fill-480x204" in text


def test_wechats_script_is_allowed_on_posts_alone(client, index):
    post(index, "a")
    assert "res.wx.qq.com" in client.get("/news/2026/a/")["Content-Security-Policy"]
    assert "res.wx.qq.com" not in client.get("/news/")["Content-Security-Policy"]


def test_a_restricted_post_stays_closed_by_what_is_above_it(client, index):
    post(index, "a", title="只给会员")
    PageViewRestriction.objects.create(page=index, restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/news/2026/a/").status_code == 302


def test_neighbours_and_lists_read_no_more_with_many_posts(index):
    here = post(index, "here", published_on=date(2026, 11, 10))
    for number in range(30):
        post(index, f"p{number}", published_on=date(2026, 10, 1) + timedelta(days=number))
    with CaptureQueriesContext(connection) as captured:
        older, newer, _related = posts_beside(here, products=[], tags=[])
    assert (older.slug, newer, len(captured)) == ("p29", None, 1)


@pytest.mark.parametrize(
    ("asked", "number"), [(None, 1), ("2", 2), ("99", 3), ("x", 1), ("-1", 1), ("9" * 30, 1), ("٣", 3)]
)
def test_a_page_that_is_not_there_leads_to_one_that_is(index, asked, number):
    for place in range(5):
        post(index, f"p{place}")
    assert page_of(posts_under(index), asked, size=2).number == number


def test_every_block_has_a_name_words_and_a_template():
    assert block_names() == {
        "heading", "text", "picture", "gallery", "quote", "table", "attachment", "video", "facts",
        "product_card", "base_live", "course_card", "licence_call", "action",
    }  # fmt: skip
    for name, block in POST_BLOCKS:
        assert block.meta.description, name
        assert str(block.label), name


def test_posts_written_before_topics_came_are_in_their_list(index):
    page = post(index, "old")
    NewsPage.objects.filter(pk=page.pk).update(index=None)
    import importlib

    from django.apps import apps

    migration = importlib.import_module("news.migrations.0006_posts")
    migration.put_posts_into_their_lists(apps, None)
    page.refresh_from_db()
    assert page.index_id == index.pk
