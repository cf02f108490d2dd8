"""What is kept between the steps of buying changes no page: shells, and what is told of an article."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from changes import shells
from changes.kept import kept
from shop.catalogue.models import Product
from shop.offering import offered_article
from shop.order.models import Order
from shop.partner.models import StockRecord
from shop.selling import is_licensed
from tests.factories.shop import ArticleFactory

pytestmark = pytest.mark.django_db
FILLED = {
    "phone": "13800001234", "delivery": "parcel", "name": "王小葱", "province": "140000", "city": "140400",
    "district": "140406", "street": "店上镇张家河村12号",
}  # fmt: skip
_DRAWN_BY_LOT = re.compile(r'name="(csrfmiddlewaretoken|key)" value="[^"]+"')


@pytest.fixture(autouse=True)
def keeping(settings):
    settings.KEEP_READ_SECONDS = 30.0
    shells.forget()
    kept.forget()
    yield
    shells.forget()


def shown(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return _DRAWN_BY_LOT.sub("", answer.content.decode())


def plainly(client, address: str) -> str:
    shells.forget()
    return shown(client, address)


def buy_now(article, quantity: int) -> str:
    return f"{reverse('checkout:buy', args=[article.pk])}?quantity={quantity}"


def order(client, article, way: str) -> str:
    """Buy one and return the address of the page where it is paid."""
    page = client.get(buy_now(article, 1)).context
    sent = FILLED | {"key": page["values"]["key"], "buy": page["values"]["buy"], "way": way}
    total = client.post(reverse("checkout:index"), sent | {"do": "count"}).context["quote"].total
    return client.post(reverse("checkout:index"), sent | {"shown_total": total})["Location"]


def test_a_checkout_in_a_kept_shell_is_the_page_of_its_own_article(client) -> None:
    scallions, millet = ArticleFactory(title="大葱"), ArticleFactory(title="小米", stock__price="7.77")
    shown(client, buy_now(scallions, 1))
    second = shown(client, buy_now(millet, 3))
    assert "小米" in second and "大葱" not in second and "23.31" in second
    assert second == plainly(client, buy_now(millet, 3))


def test_a_kept_shell_holds_no_token_and_no_key_of_another_guest(client) -> None:
    article = ArticleFactory()
    pages = [client.get(buy_now(article, 1)).content.decode() for _ in range(3)]
    assert len({page.split('name="key" value="')[1][:22] for page in pages}) == 3


def test_what_was_typed_is_in_nobody_elses_page(client) -> None:
    article = ArticleFactory()
    client.post(reverse("checkout:index"), FILLED | {"buy": f"{article.pk}x1", "key": "x", "do": "count"})
    assert "王小葱" not in shown(client, buy_now(article, 1))


@pytest.mark.parametrize("way", ["sandbox", "transfer"])
def test_a_page_of_paying_in_a_kept_shell_is_of_its_own_order(client, settings, way: str) -> None:
    settings.PAYMENT_SANDBOX = True
    article = ArticleFactory()
    first, second = order(client, article, way), order(client, article, way)
    shown(client, first)
    page = shown(client, second)
    other = Order.objects.order_by("pk").first()
    assert other is not None and other.number not in page and other.token not in page
    assert page == plainly(client, second)


def test_price_stock_shelf_and_licence_of_an_article_are_those_of_the_moment() -> None:
    made = ArticleFactory()
    assert offered_article(made.pk) is not None
    StockRecord.objects.filter(product=made).update(price="9.90", num_in_stock=4)
    Product.objects.filter(pk=made.pk).update(is_public=False)
    made.brand_product.licences.update(state="suspended")
    article = offered_article(made.pk)
    assert article is not None and not article.is_public
    assert not is_licensed(article, on=timezone.localdate())
    [stock] = article.stockrecords.all()
    assert (stock.price, stock.num_in_stock, stock.product) == (Decimal("9.90"), 4, article)


def test_an_article_that_is_kept_takes_one_query_and_tells_what_the_database_does(
    django_assert_num_queries,
) -> None:
    made = ArticleFactory()
    region, partner = made.brand_product.region, made.stockrecords.get().partner
    offered_article(made.pk)
    with django_assert_num_queries(1):
        article = offered_article(made.pk)
        assert article is not None
        assert article.brand_product.region == region and not article.has_options
        assert [stock.partner for stock in article.stockrecords.all()] == [partner]
    article.title = "changed by one request"
    again = offered_article(made.pk)
    assert again is not None and again.title == made.title


def test_a_seller_who_is_new_is_offered_at_once() -> None:
    made, other = ArticleFactory(), ArticleFactory()
    offered_article(made.pk)
    partner = other.stockrecords.get().partner
    StockRecord.objects.bulk_create(
        [StockRecord(product=made, partner=partner, partner_sku="other", price="3.00", num_in_stock=1)]
    )
    article = offered_article(made.pk)
    assert article is not None and len(article.stockrecords.all()) == 2


def test_amounts_that_many_read_alike_are_those_of_the_basket(client) -> None:
    cheap, dear = ArticleFactory(stock__price="3.20"), ArticleFactory(stock__price="41.00")

    def amounts(article) -> str:
        sent = FILLED | {"buy": f"{article.pk}x1", "key": "x", "do": "count"}
        return client.post(reverse("checkout:index"), sent, headers={"X-Part": "amounts"}).content.decode()

    first, other, again = amounts(cheap), amounts(dear), amounts(cheap)
    assert "3.20" in first and "41.00" in other and "3.20" not in other
    assert again == first
