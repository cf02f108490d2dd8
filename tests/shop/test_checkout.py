"""The checkout page: one form for guests and members, honest about what changed."""

from decimal import Decimal

import pytest
from django.urls import reverse

from shop.basket.models import Basket
from shop.freight.models import FreightTemplate, FreightZone
from shop.order.models import Order
from shop.partner.models import StockRecord
from shop.pickup.models import PickupPoint
from tests.factories.accounts import UserFactory
from tests.factories.shop import ArticleFactory

pytestmark = pytest.mark.django_db
SAME_ORIGIN = {"HTTP_SEC_FETCH_SITE": "same-origin"}
PAGE = "checkout:index"
FILLED = {
    "phone": "138 0000 1234", "delivery": "parcel", "name": "王小葱", "province": "140000", "city": "140400",
    "district": "140406", "street": "店上镇张家河村12号", "way": "transfer",
}  # fmt: skip


@pytest.fixture
def article():
    made = ArticleFactory()
    template = FreightTemplate.objects.create(region=made.brand_product.region, name="普通快递")
    FreightZone.objects.create(template=template, first_charge="6", further_charge="2")
    FreightZone.objects.create(
        template=template, areas=["54", "65"], first_charge="18", further_charge="12", note="偏远地区"
    )
    FreightZone.objects.create(template=template, areas=["4690"], delivered=False, note="鲜货不发海岛")
    return made


@pytest.fixture
def basket(client, article):
    client.post(reverse("basket:add", args=[article.pk]), {"quantity": "2"}, **SAME_ORIGIN)
    return client


def page(client, **changed):
    """Return the hidden fields of a freshly opened page, with what a buyer fills in."""
    context = client.get(reverse(PAGE)).context
    shown = client.post(reverse(PAGE), FILLED | {"do": "count", "key": "x"} | changed).context["quote"].total
    return FILLED | {"key": context["values"]["key"], "shown_total": str(shown)} | changed


def test_a_guest_orders_and_is_led_to_pay(basket, article) -> None:
    answer = basket.post(reverse(PAGE), page(basket))
    order = Order.objects.get()
    assert answer.status_code == 302 and order.token in answer["Location"]
    assert (order.phone, order.user, order.total_incl_tax) == ("+8613800001234", None, Decimal("87.60"))
    assert order.shipping_address.district_code == "140406"
    assert order.region == article.brand_product.region or order.region is None


def test_a_page_about_one_visitor_is_kept_by_nobody(basket) -> None:
    answer = basket.get(reverse(PAGE))
    assert "no-store" in answer["Cache-Control"]
    assert 'name="robots" content="noindex"' in answer.content.decode()


def test_the_form_sent_twice_is_one_order(basket) -> None:
    sent = page(basket)
    first = basket.post(reverse(PAGE), sent)
    second = basket.post(reverse(PAGE), sent)
    assert first["Location"] == second["Location"]
    assert Order.objects.count() == 1


@pytest.mark.parametrize("total", ["1.00", "-5", "NaN", "sNaN", "Infinity", "a lot", ""])
def test_a_tampered_total_orders_nothing(basket, total: str) -> None:
    answer = basket.post(reverse(PAGE), page(basket) | {"shown_total": total})
    assert answer.status_code == 200
    assert not Order.objects.exists()


def test_a_price_that_changed_is_said_and_what_was_typed_stays(basket) -> None:
    sent = page(basket)
    StockRecord.objects.update(price="45.00")
    answer = basket.post(reverse(PAGE), sent)
    body = answer.content.decode()
    assert "¥87.60" in body and "¥98.00" in body and "店上镇张家河村12号" in body
    assert not Order.objects.exists()
    assert basket.post(reverse(PAGE), sent | {"shown_total": "98.00"}).status_code == 302


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("phone", "12345"), ("phone", ""), ("name", ""), ("street", ""), ("district", ""),
        ("district", "140000"), ("district", "999999"), ("delivery", "drone"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_beside_its_field(basket, field: str, value: str) -> None:
    answer = basket.post(reverse(PAGE), page(basket) | {field: value})
    assert field in answer.context["errors"]
    assert not Order.objects.exists()


def test_remote_areas_cost_what_their_zone_says(basket) -> None:
    asked = basket.post(reverse(PAGE), FILLED | {"do": "count", "key": "x", "district": "540102"})
    assert asked.context["quote"].freight == Decimal("30.00")
    assert "偏远地区" in asked.content.decode()


def test_where_nothing_is_delivered_is_said_with_its_reason(basket) -> None:
    island = {"province": "460000", "city": "469000", "district": "469001"}
    answer = basket.post(reverse(PAGE), FILLED | island | {"do": "count", "key": "x"})
    assert "鲜货不发海岛" in answer.content.decode()
    answer = basket.post(reverse(PAGE), FILLED | island | {"key": "y", "shown_total": "79.60"})
    assert answer.status_code == 200
    assert not Order.objects.exists()


def test_a_pasted_address_fills_the_fields(basket) -> None:
    text = "收货人：李小红 电话 139-1234-5678 山西长治潞城区店上镇张家河村12号"
    answer = basket.post(
        reverse(PAGE), {"pasted": text, "do": "read", "delivery": "parcel"}, HTTP_X_PART="fields"
    )
    assert answer.json() == {
        "phone": "139 1234 5678", "name": "李小红", "receiver_phone": "", "province": "140000",
        "city": "140400", "district": "140406", "street": "店上镇张家河村12号",
    }  # fmt: skip


def test_picking_up_needs_a_point_of_this_hall_and_costs_no_freight(basket, article, settings) -> None:
    region = article.brand_product.region
    point = PickupPoint.objects.create(region=region, name="潞城特产馆", place="府前街8号")
    shown = basket.get(reverse(PAGE)).context["points"]
    sent = page(basket, delivery="pickup", street="", district="", name="")
    assert basket.post(reverse(PAGE), sent | {"pickup_point": "0"}).status_code == 200
    assert not Order.objects.exists()
    if point in shown:  # the host of the test decides the hall
        assert basket.post(reverse(PAGE), sent | {"pickup_point": str(point.pk)}).status_code == 302
        assert Order.objects.get().shipping_incl_tax == 0


def test_the_invoice_of_a_company_needs_its_checked_number(basket) -> None:
    company = {"invoice": "company", "invoice_title": "长治市潞城区葱香食品有限公司"}
    sent = page(basket) | company
    assert "tax_number" in basket.post(reverse(PAGE), sent | {"tax_number": "123"}).context["errors"]
    assert not Order.objects.exists()
    assert basket.post(reverse(PAGE), sent | {"tax_number": "9135 0100 M000 100Y 43"}).status_code == 302
    assert Order.objects.get().invoice.tax_number == "91350100M000100Y43"


def test_buy_now_leaves_the_basket_alone(basket, article) -> None:
    other = ArticleFactory(brand_product__region=article.brand_product.region)
    answer = basket.post(reverse("checkout:buy", args=[other.pk]), {"quantity": "3"}, **SAME_ORIGIN)
    buying = basket.get(answer["Location"]).context
    assert [line.product for line in buying["quote"].lines] == [other]
    sent = FILLED | {
        "buy": buying["values"]["buy"], "key": "z", "shown_total": str(buying["quote"].total)
    }  # fmt: skip
    assert basket.post(reverse(PAGE), sent).status_code == 302
    assert Order.objects.get().lines.get().product == other
    assert [line.product for line in basket.get(reverse(PAGE)).context["quote"].lines] == [article]


@pytest.mark.parametrize("quantity", ["0", "-1", "1.5", "abc", "99999", ""])
def test_buy_now_takes_no_strange_quantity(client, article, quantity: str) -> None:
    answer = client.post(reverse("checkout:buy", args=[article.pk]), {"quantity": quantity}, **SAME_ORIGIN)
    assert answer["Location"] == article.get_absolute_url()


def test_a_forged_basket_number_shows_nothing(client) -> None:
    assert client.get(reverse(PAGE), {"buy": "1:forged"})["Location"] == reverse("basket:summary")


def test_buy_now_shows_the_checkout_and_writes_nothing(client, article) -> None:
    before = Basket.objects.count()
    answer = client.get(reverse("checkout:buy", args=[article.pk]), {"quantity": "2"})
    assert [(line.product, line.quantity) for line in answer.context["quote"].lines] == [(article, 2)]
    assert Basket.objects.count() == before and not client.session.keys()


def test_buy_now_of_what_is_not_on_sale_leads_to_its_page(client, article) -> None:
    StockRecord.objects.filter(product=article).update(num_in_stock=0)
    answer = client.get(reverse("checkout:buy", args=[article.pk]), {"quantity": "1"})
    assert answer["Location"] == article.get_absolute_url()


def test_whoever_is_signed_in_has_the_fields_filled_in(client, article) -> None:
    user = UserFactory(phone="+8613911112222")
    client.force_login(user)
    client.post(reverse("basket:add", args=[article.pk]), {"quantity": "1"}, **SAME_ORIGIN)
    assert client.get(reverse(PAGE)).context["values"]["phone"] == "139 1111 2222"
    assert client.post(reverse(PAGE), page(client) | {"keep_address": "1"}).status_code == 302
    assert Order.objects.get().user == user
    assert user.addresses.get().district_code == "140406"
    client.post(reverse("basket:add", args=[article.pk]), {"quantity": "1"}, **SAME_ORIGIN)
    assert client.get(reverse(PAGE)).context["values"]["street"] == "店上镇张家河村12号"


def test_an_empty_basket_leads_back(client) -> None:
    assert client.get(reverse(PAGE))["Location"] == reverse("basket:summary")


@pytest.mark.parametrize("name", ["shipping-address", "shipping-method", "payment-method", "preview"])
def test_the_steps_of_oscar_lead_to_the_page(client, name: str) -> None:
    assert client.get(reverse(f"checkout:{name}"))["Location"] == reverse(PAGE)


def test_suspended_goods_are_not_ordered(basket, article) -> None:
    sent = page(basket)
    article.brand_product.licences.update(state="suspended")
    answer = basket.post(reverse(PAGE), sent)
    assert answer.status_code == 200
    assert not Order.objects.exists()


def test_the_page_costs_few_queries(basket, django_assert_max_num_queries) -> None:
    basket.get(reverse(PAGE))
    with django_assert_max_num_queries(20):
        basket.get(reverse(PAGE))
