"""The home page: composed by editors, in few queries."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.test.utils.form_data import nested_form_data, streamfield

from accounts.groups import sync_roles
from cms.frame import frame
from home.blocks import HOME_BLOCKS
from home.models import HomePage
from tests.factories.accounts import person
from tests.factories.brand import ProductFactory
from tests.factories.pages import county, course, news_index, post, training_index
from tests.factories.shop import ArticleFactory
from tests.factories.telemetry import BaseFactory, DeviceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return county()


@pytest.fixture
def home(region) -> HomePage:
    return HomePage.objects.get(pk=region.site.root_page_id)


def publish(home: HomePage, *blocks) -> None:
    home.body = list(blocks)
    home.save_revision().publish()


def full_body(region) -> list[tuple[str, dict]]:
    base = BaseFactory(region=region, slug="zhangjiahe", name="张家河", place="潞城区张家河村", art="land")
    DeviceFactory(base=base)
    products = [
        ProductFactory(region=region, name=f"产品{n}", art=art)
        for n, art in enumerate(["scallion", "", "tomato"])
    ]
    return [
        ("hero", {"line_first": "土埋多深，", "line_second": "葱白多长。", "lede": "一层层培土。"}),
        ("scan", {"title": "手里有一包？查查它的来历"}),
        ("live", {"title": "此刻的张家河", "base": base}),
        ("products", {"items": [{"product": each, "tag": "当季"} for each in products]}),
        ("story", {"title": "土给的白", "text": "<p>培过三遍土。</p>", "drawing": "produce"}),
        (
            "columns",
            {
                "main": [("posts", {"limit": 3}), ("courses", {"limit": 1})],
                "side": [("place", {"base": base})],
            },
        ),
        ("action", {"title": "带这个标的", "link": {"label": "查一家的授权", "address": "/brand/licences/"}}),
    ]


def test_the_home_page_shows_what_the_editor_composed(client, region, home):
    news = news_index(region)
    post(news, "third-hilling", title="霜降前，最后一遍培土")
    course(training_index(region), "photos", title="一部手机，拍好一筐货", lessons=2)
    publish(home, *full_body(region))
    page = client.get("/").content.decode()
    assert "<span>土埋多深，</span><span>葱白多长。</span>" in page
    assert 'action="/trace/"' in page
    assert 'data-live-base="zhangjiahe"' in page
    assert "themes/lucheng/art/tomato.svg#drawing" in page
    assert '<div class="plate slip' in page, "a product without a drawing gets a paper label"
    assert "最后一遍培土" in page and "拍好一筐货" in page
    assert "查一家的授权" in page


def test_the_home_page_is_cold_in_few_queries(client, region, home, django_assert_max_num_queries):
    news = news_index(region)
    for number in range(4):
        post(news, f"post-{number}")
    course(training_index(region), "photos", lessons=2)
    publish(home, *full_body(region))
    client.get(
        "/", headers={"host": "lucheng.localhost"}
    )  # whatever a process remembers for a while is asked
    cache.clear()
    frame.forget()
    # sites, site, page, restrictions; counties; base, devices; products; base; posts; 2 for courses
    with django_assert_max_num_queries(12):
        assert client.get("/", headers={"host": "lucheng.localhost"}).status_code == 200


def test_a_product_that_was_deleted_leaves_the_page(client, region, home):
    kept, gone = ProductFactory(region=region, name="留下的"), ProductFactory(region=region, name="删掉的")
    publish(home, ("products", {"items": [{"product": kept}, {"product": gone}]}))
    gone.delete()
    page = client.get("/").content.decode()
    assert "留下的" in page and "删掉的" not in page


def test_a_product_leads_to_the_hall_when_it_is_sold_and_to_its_record_when_not(client, region, home):
    sold, unsold = ProductFactory(region=region, name="卖的"), ProductFactory(region=region, name="不卖的")
    article = ArticleFactory(brand_product=sold)
    publish(home, ("products", {"items": [{"product": sold}, {"product": unsold}]}))
    page = client.get("/").content.decode()
    assert f'href="{article.get_absolute_url()}"' in page
    assert f'href="/trace/products/{unsold.gtin}/"' in page


def test_without_words_of_its_own_the_opening_speaks_the_countys_line(client, home):
    publish(home, ("hero", {}))
    page = client.get("/").content.decode()
    assert "<span>土埋多深，</span><span>葱白多长。</span>" in page and "scallion.svg" in page


def test_a_photograph_takes_the_place_of_the_land(client, home):
    image = Image.objects.create(title="葱地", file=get_test_image_file(size=(64, 40)))
    publish(home, ("hero", {"image": image, "drawing": ""}))
    page = client.get("/").content.decode()
    assert 'type="image/avif"' in page and 'type="image/webp"' in page
    assert (
        "land.svg" not in page
        and "scallion.svg" not in page.partition('class="hero"')[2].partition("</section>")[0]
    )


def test_an_editor_changes_words_in_the_back_office(client, region, home):
    publish(home, *full_body(region))
    sync_roles()
    client.force_login(person("editor"), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(reverse("wagtailadmin_pages:edit", args=[home.pk])).status_code == 200
    fields = nested_form_data(
        {
            "title": home.title,
            "slug": home.slug,
            "body": streamfield(
                [
                    (
                        "hero",
                        {
                            "line_first": "白天晒甜，",
                            "line_second": "夜里冻脆。",
                            "drawing": "tomato",
                            "image": "",
                        },
                    ),
                    (
                        "action",
                        {
                            "title": "新的一句",
                            "text": "",
                            "link": {"label": "去看", "page": "", "address": "/x/"},
                        },
                    ),
                ]
            ),
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": ""},
        }
    )
    response = client.post(reverse("wagtailadmin_pages:edit", args=[home.pk]), fields)
    assert response.status_code == 302, response.context["form"].errors
    home.refresh_from_db()
    draft = home.get_latest_revision_as_object()
    assert [block.block_type for block in draft.body] == ["hero", "action"]
    assert draft.body[0].value["line_first"] == "白天晒甜，"


@pytest.mark.parametrize("url", ["cms_product_chooser:choose", "cms_base_chooser:choose"])
def test_an_editor_can_choose_products_and_bases(client, region, home, url):
    ProductFactory(region=region, name="旱地西红柿")
    BaseFactory(region=region, name="张家河")
    sync_roles()
    client.force_login(person("editor"), backend="allauth.account.auth_backends.AuthenticationBackend")
    response = client.get(reverse(url))
    assert response.status_code == 200
    assert ("旱地西红柿" if "product" in url else "张家河") in response.json()["html"]


def test_an_english_page_keeps_its_language_in_links(client, home):
    publish(home, ("scan", {"title": "x"}))
    page = client.get("/en/").content.decode()
    assert 'action="/en/trace/"' in page


def test_the_chooser_of_blocks_shows_each_block_in_the_countys_look(client, region):
    ProductFactory(region=region, name="旱地西红柿", art="tomato")
    DeviceFactory(base=BaseFactory(region=region, slug="zhangjiahe"))
    client.force_login(person("editor"), backend="allauth.account.auth_backends.AuthenticationBackend")
    shown = {name: block for name, block in HOME_BLOCKS if block.is_previewable}
    assert set(shown) == {"hero", "scan", "live", "products", "story", "action"}
    for block in HomePage._meta.get_field("body").stream_block.child_blocks.values():
        response = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
        assert response.status_code == 200
        assert 'data-region="lucheng"' in response.content.decode()
