"""Freight: by weight, by zone, by seller; to the cent; edited in the back office."""

from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.roles import give_role
from shop.freight.charging import NotDelivered, freight_for
from shop.freight.models import FreightTemplate, FreightZone
from shop.freight.sharing import share_out
from tests.factories.accounts import UserFactory
from tests.factories.orders import basket_of
from tests.factories.shop import ArticleFactory


def template(article, *, partner=None, **zone) -> FreightTemplate:
    made = FreightTemplate.objects.create(region=article.brand_product.region, partner=partner, name="快递")
    FreightZone.objects.create(template=made, **{"first_charge": "6", "further_charge": "2"} | zone)
    return made


def charged(*wanted, to="140406") -> Decimal:
    return freight_for(lines=basket_of(*wanted).all_lines(), district_code=to).charge


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("grams", "pieces", "yuan"),
    [(None, 1, "6.00"), (500, 2, "6.00"), (501, 2, "8.00"), (1000, 3, "10.00"), (1001, 1, "8.00")],
)
def test_each_step_of_weight_that_is_begun_costs(grams, pieces: int, yuan: str) -> None:
    article = ArticleFactory(gross_grams=grams)
    template(article)
    assert charged((article, pieces)) == Decimal(yuan)


@pytest.mark.django_db
def test_the_closest_zone_counts() -> None:
    article = ArticleFactory()
    made = template(article)
    for area, yuan in (("14", 5), ("1404", 4), ("140406", 3)):
        FreightZone.objects.create(template=made, areas=[area], first_charge=yuan)
    to = {"140406": 3, "140403": 4, "140902": 5, "110101": 6, "": 6}
    assert {code: charged((article, 1), to=code) for code in to} == to


@pytest.mark.django_db
def test_the_sellers_own_template_goes_before_the_countys() -> None:
    article = ArticleFactory()
    template(article)
    template(article, partner=article.stockrecords.get().partner, first_charge="1")
    assert charged((article, 1)) == Decimal("1.00")


@pytest.mark.django_db
def test_each_seller_sends_a_parcel_of_their_own() -> None:
    one = ArticleFactory()
    other = ArticleFactory(brand_product__region=one.brand_product.region)
    template(one)
    found = freight_for(lines=basket_of((one, 1), (other, 1)).all_lines(), district_code="140406")
    sellers = {article.stockrecords.get().partner_id for article in (one, other)}
    assert found.charge == sum(part.charge for part in found.parts) == 6 * len(sellers)


@pytest.mark.django_db
def test_where_nothing_goes_is_refused_with_its_reason() -> None:
    article = ArticleFactory()
    made = template(article)
    FreightZone.objects.create(template=made, areas=["65"], delivered=False, note="路上会捂")
    with pytest.raises(NotDelivered, match="路上会捂"):
        charged((article, 1), to="650102")


@pytest.mark.django_db
def test_without_a_template_it_is_free() -> None:
    assert charged((ArticleFactory(), 3)) == 0


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**8), min_size=1, max_size=12))
def test_the_parts_of_a_sum_add_up_to_it(cents: int, weights: list[int]) -> None:
    amount = Decimal(cents) / 100
    parts = share_out(amount, [Decimal(weight) / 100 for weight in weights])
    assert sum(parts) == amount
    assert len(parts) == len(weights) and min(parts) >= 0


@pytest.fixture
def office(client):
    operator = UserFactory()
    give_role(operator, "shop_operator")
    client.force_login(operator)
    return client


def rows(*zones: dict[str, str]) -> dict[str, str]:
    sent = {"zones-TOTAL_FORMS": str(len(zones)), "zones-INITIAL_FORMS": "0"}
    for place, zone in enumerate(zones):
        usual = {"delivered": "on", "first_charge": "6", "further_charge": "2", "places": "", "note": ""}
        sent |= {f"zones-{place}-{name}": value for name, value in (usual | zone).items() if value}
    return sent


def sheet(region, **more: str) -> dict[str, str]:
    return {
        "name": "普通快递", "region": str(region.pk), "partner": "", "first_grams": "1000",
        "further_grams": "500", "unweighed_grams": "1000", **more,
    }  # fmt: skip


@pytest.mark.django_db
def test_the_office_enters_a_template_with_its_zones(office) -> None:
    region = ArticleFactory().brand_product.region
    far = {"places": "新疆、西藏", "first_charge": "18", "note": "路远"}
    never = {"places": "三沙市", "delivered": "", "note": "船期不定"}
    answer = office.post(reverse("freight:add"), sheet(region) | rows({}, far, never))
    assert answer.status_code == 302
    made = FreightTemplate.objects.get()
    assert [zone.areas for zone in made.zones.order_by("pk")] == [[], ["65", "54"], ["4603"]]
    assert (
        "新疆维吾尔自治区、西藏自治区" in office.get(reverse("freight:edit", args=[made.pk])).content.decode()
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "zones",
    [
        ({"places": "亚特兰蒂斯"},), ({"places": "山西"}, {"places": "山西、河北"}), ({}, {"note": "又一行"}),
        ({"places": "海南", "delivered": "", "note": ""},), ({"first_charge": "-1"},),
    ],
)  # fmt: skip
def test_a_wrong_row_saves_nothing(office, zones) -> None:
    region = ArticleFactory().brand_product.region
    answer = office.post(reverse("freight:add"), sheet(region) | rows(*zones))
    assert answer.status_code == 200
    assert not FreightTemplate.objects.exists()


@pytest.mark.django_db
def test_the_office_edits_freight_and_nobody_else(client) -> None:
    client.force_login(UserFactory())
    assert client.get(reverse("freight:index")).status_code in {302, 403}
