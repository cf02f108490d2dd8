"""Articles, kinds and hall pages are kept up in the back office, by shop operators."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Picture
from wagtail.images.models import Image

from shop.catalogue.models import Category, Product
from shop.halls.models import Hall
from shop.listing.models import Listing
from tests.factories.accounts import person
from tests.factories.brand import ProductFactory
from tests.factories.pages import county
from tests.factories.shop import ArticleFactory, category

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lucheng():
    return county()


@pytest.fixture
def operator(client: Client) -> Client:
    client.force_login(person("shop_operator"))
    return client


def article_form(product, **typed) -> dict[str, str]:
    return {
        "brand_product": product.pk, "title": "潞城大葱 鲜葱", "slug": "", "is_public": "on",
        "price": "39.80", "was_price": "", "was_basis": "", "net_grams": "5000", "gross_grams": "5400",
        "selling_points": "葱白长", "specs": "等级：特级", "description": "好葱", "season_from": "10",
        "season_to": "12", "film_words": "", **typed,
    }  # fmt: skip


def test_an_article_is_added_with_price_season_and_pictures(operator: Client) -> None:
    kind, product = category("鲜货", "fresh"), ProductFactory()
    buffer = BytesIO()
    Picture.new("RGB", (40, 30)).save(buffer, "PNG")
    image = Image.objects.create(title="正面", file=ImageFile(BytesIO(buffer.getvalue()), "a.png"))
    typed = article_form(product, categories=[kind.pk], picture_1=image.pk)
    response = operator.post(reverse("shop-articles:add"), typed)
    assert response.status_code == 302, response.context["form"].errors
    article = Product.objects.get()
    assert article.stockrecords.get().price == Decimal("39.80")
    assert article.pictures.get().image == image
    assert set(Listing.objects.values_list("shelf", "price")) == {
        (None, Decimal("39.80")),
        (kind.pk, Decimal("39.80")),
    }


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"was_price": "45.80"}, "划掉"),
        ({"was_price": "30", "was_basis": "去年"}, "划掉"),
        ({"brand_product": ""}, "产品"),
        ({"season_to": ""}, "时令"),
        ({"price": "-1"}, ""),
    ],
)
def test_what_cannot_be_sold_like_this_is_refused_in_words(operator: Client, typed: dict, words: str) -> None:
    response = operator.post(reverse("shop-articles:add"), article_form(ProductFactory(), **typed))
    assert response.status_code == 200
    assert words in str(response.context["form"].errors)
    assert not Product.objects.exists()


def test_a_new_price_stands_on_the_shelves_and_leaves_the_stock(operator: Client) -> None:
    article = ArticleFactory(stock=7)
    typed = article_form(article.brand_product, price="42", slug=article.slug)
    assert operator.post(reverse("shop-articles:edit", args=[article.pk]), typed).status_code == 302
    stock = article.stockrecords.get()
    assert (stock.price, stock.num_in_stock) == (Decimal("42"), 7)
    assert Listing.objects.get(shelf=None).price == Decimal("42")


def test_sizes_have_their_own_price(operator: Client) -> None:
    product = ProductFactory()
    operator.post(reverse("shop-articles:add"), article_form(product, several="on", price=""))
    article = Product.objects.get()
    assert article.is_parent
    size = {"parent": article.pk, "title": "2.5 千克", "slug": "", "price": "23.80", "is_public": "on"}
    response = operator.post(reverse("shop-sizes:add"), size)
    assert response.status_code == 302, response.context["form"].errors
    assert article.children.get().stockrecords.get().price == Decimal("23.80")
    assert Listing.objects.get(shelf=None).price == Decimal("23.80")


def test_a_kind_that_moves_takes_its_articles_along(operator: Client) -> None:
    fresh, roots = category("鲜货", "fresh"), category("根菜", "roots")
    ArticleFactory().categories.add(roots)
    typed = {"name": "根菜", "slug": "roots", "above": fresh.pk, "is_public": "on"}
    operator.post(reverse("shop-kinds:edit", args=[roots.pk]), typed)
    assert Category.objects.get(pk=roots.pk).get_parent() == fresh
    assert Listing.objects.filter(shelf=fresh).exists()
    below_itself = {"name": "鲜货", "slug": "fresh", "above": roots.pk, "is_public": "on"}
    response = operator.post(reverse("shop-kinds:edit", args=[fresh.pk]), below_itself)
    assert response.status_code == 200
    assert Category.objects.get(pk=fresh.pk).is_root()


def test_the_pages_of_the_back_office_open(operator: Client, lucheng) -> None:
    article = ArticleFactory()
    hall = Hall.objects.create(region=lucheng, slogan="养葱，也养人。")
    for name, pk in (("shop-articles", article.pk), ("shop-halls", hall.pk), ("shop-kinds", None)):
        assert operator.get(reverse(f"{name}:index")).status_code == 200
        assert operator.get(reverse(f"{name}:add")).status_code == 200
        if pk:
            assert operator.get(reverse(f"{name}:edit", args=[pk])).status_code == 200
    assert operator.get(reverse("shop-sizes:index")).status_code == 200


def test_others_may_not_enter(client: Client) -> None:
    client.force_login(person("editor"))
    assert client.get(reverse("shop-articles:index")).status_code in {302, 403}
