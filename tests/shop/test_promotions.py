"""What promotions take off, in their order, and why; parts add up to the cent."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from brand.models import Region
from changes.kept import kept
from shop.offer.models import ConditionalOffer
from shop.order.models import Order
from shop.pricing import Quote, quote
from shop.promotions import counting
from shop.promotions.deals import BUNDLE, RATE, SPEND_SAVE, Deal
from shop.promotions.setting import BadPromotion, resume_offer, stop_offer
from tests.factories.brand import ProductFactory, RegionFactory
from tests.factories.promotions import NOW, basket_of, promotion
from tests.factories.shop import ArticleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def region() -> Region:
    return RegionFactory()


def article(region: Region, price: str = "40.00", **extra: Any) -> Any:
    return ArticleFactory(brand_product=ProductFactory(region=region), stock__price=Decimal(price), **extra)


def priced(basket: Any, **said: Any) -> Quote:
    result = quote(basket, at=NOW, **said)
    assert result.total == result.goods + result.freight
    assert result.goods == sum(line.amount for line in result.lines)
    goods_off = sum(one.amount for one in result.discounts if one.of == "goods")
    assert result.goods_before - result.goods == goods_off
    for one in result.discounts:
        assert one.of == "freight" or sum(share for _index, share in one.shares) == one.amount
    return result


def test_without_promotions_a_basket_costs_its_prices(region: Region) -> None:
    result = priced(basket_of((article(region), 2), article(region, "9.90")))
    assert (str(result.goods), result.discounts, result.hints) == ("89.90", [], [])


def test_spend_and_save_counts_once_and_says_why(region: Region) -> None:
    promotion(region, name="满 99 减 10", threshold=99, value=10)
    result = priced(basket_of((article(region), 6)))
    assert str(result.goods) == "230.00"
    assert result.discounts[0].name == "满 99 减 10" and "240" in result.discounts[0].why
    assert result.lines[0].tags == ["满 99 减 10"]


def test_spend_and_save_may_count_each_time(region: Region) -> None:
    promotion(region, threshold=99, value=10, times=None)
    result = priced(basket_of((article(region), 6)))
    assert str(result.goods) == "220.00" and result.discounts[0].times == 2


def test_of_two_steps_the_one_that_saves_most_counts(region: Region) -> None:
    promotion(region, name="满 100 减 10", threshold=100, value=10)
    promotion(region, name="满 200 减 30", threshold=200, value=30)
    thing = article(region)
    assert [one.name for one in priced(basket_of((thing, 5))).discounts] == ["满 200 减 30"]
    smaller = priced(basket_of((thing, 4)))
    assert [one.name for one in smaller.discounts] == ["满 100 减 10"]
    assert [hint.missing for hint in smaller.hints] == [Decimal("40.00")]


def test_several_at_a_lower_price(region: Region) -> None:
    cheap = article(region, "9.99")
    promotion(region, "rate", threshold=3, value=20, articles=[cheap])
    assert str(priced(basket_of((cheap, 2))).goods) == "19.98"
    assert str(priced(basket_of((cheap, 3), article(region))).goods) == "63.98"


def test_a_bundle_costs_its_price_as_often_as_it_is_whole(region: Region) -> None:
    millet, jujube = article(region, "40.00"), article(region, "25.00")
    promotion(region, "bundle", value=55, articles=[millet, jujube], times=None)
    assert str(priced(basket_of((millet, 2), (jujube, 3))).goods) == "135.00"
    alone = priced(basket_of(millet))
    assert str(alone.goods) == "40.00" and len(alone.hints) == 1


def test_a_piece_counts_in_one_of_bundle_and_rate_and_then_in_spend_and_save(region: Region) -> None:
    millet, jujube = article(region, "40.00"), article(region, "30.00")
    promotion(region, "bundle", value=60, articles=[millet, jujube])
    promotion(region, "rate", threshold=2, value=10, articles=[millet])
    promotion(region, threshold=100, value=10)
    result = priced(basket_of((millet, 3), jujube))
    # the set 60, two more at 10 % off 72, then 10 less for 132
    assert [str(one.amount) for one in result.discounts] == ["10.00", "8.00", "10.00"]
    assert str(result.goods) == "122.00"


def test_promotions_of_another_county_or_seller_do_not_count(region: Region) -> None:
    mine, other = article(region), article(region)
    promotion(RegionFactory(slug="daning"), threshold=10, value=5)
    promotion(region, threshold=10, value=5, seller=other.stockrecords.get().partner)
    assert not priced(basket_of(mine)).discounts
    assert priced(basket_of(other)).discounts


def test_a_promotion_begins_and_ends_to_the_second(region: Region) -> None:
    promotion(region, threshold=10, value=5, starts_at=NOW, ends_at=NOW + timedelta(hours=1))
    basket = basket_of(article(region))
    assert not quote(basket, at=NOW - timedelta(seconds=1)).discounts
    assert quote(basket, at=NOW).discounts
    assert not quote(basket, at=NOW + timedelta(hours=1)).discounts


def test_a_stopped_promotion_does_not_count_until_it_is_resumed(region: Region) -> None:
    offer = promotion(region, threshold=10, value=5)
    basket = basket_of(article(region))
    stop_offer(offer=offer, at=NOW, by=None)
    assert not priced(basket).discounts
    resume_offer(offer=offer, at=NOW, by=None)
    assert priced(basket).discounts


def test_a_gift_comes_along_out_of_its_own_stock(region: Region) -> None:
    bag = article(region, "5.00", title="布袋", stock=1)
    promotion(region, "gift", threshold=80, gift=bag)
    result = priced(basket_of((article(region), 2)))
    given = result.lines[-1]
    assert given.gift and given.line is None and given.product == bag and given.amount == 0
    assert str(result.total) == "80.00"


def test_a_gift_that_is_gone_is_said_and_not_given(region: Region) -> None:
    bag = article(region, "5.00", title="布袋", stock=0)
    promotion(region, "gift", threshold=80, gift=bag)
    result = priced(basket_of((article(region), 2)))
    assert not any(line.gift for line in result.lines) and "布袋" in result.notes[0]


def test_the_last_piece_in_the_basket_is_not_given_as_a_gift_too(region: Region) -> None:
    bag = article(region, "90.00", stock=1)
    promotion(region, "gift", threshold=80, gift=bag)
    result = priced(basket_of(bag))
    assert len(result.lines) == 1 and result.notes


def test_what_is_sold_out_or_too_many_is_left_out_with_the_reason(region: Region) -> None:
    few, none = article(region, stock=3), article(region, stock=0)
    basket = basket_of((few, 5), (none, 1), article(region))
    result = priced(basket)
    assert len(result.lines) == 1 and str(result.total) == "40.00"
    assert [one.available for one in result.left_out] == [3, 0]
    assert all(one.why for one in result.left_out)


def test_what_is_picked_up_has_no_freight(region: Region) -> None:
    result = priced(basket_of(article(region)), delivery=Order.Delivery.PICKUP)
    assert result.freight == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "spend_save", "threshold": 10, "value": 10},
        {"kind": "spend_save", "threshold": 10},
        {"kind": "rate", "threshold": 2, "value": 100},
        {"kind": "bundle", "value": 50},
        {"kind": "gift", "threshold": 50},
        {"kind": "freight"},
        {"threshold": 50, "value": 5, "starts_at": NOW, "ends_at": NOW},
    ],
)
def test_a_promotion_without_sense_is_refused(region: Region, wrong: dict[str, Any]) -> None:
    with pytest.raises(BadPromotion):
        promotion(region, **wrong)
    assert not ConditionalOffer.objects.exists()


def test_pricing_asks_for_lines_rights_and_freight_only_once_promotions_are_kept(
    region: Region, settings: Any, django_assert_max_num_queries: Any
) -> None:
    settings.KEEP_READ_SECONDS = 30
    things = [article(region) for _ in range(6)]
    for number in range(5):
        promotion(region, threshold=50 + number, value=5)
    basket = basket_of(*things)
    quote(basket, at=NOW)
    basket.reset_offer_applications()
    with django_assert_max_num_queries(3):
        quote(basket, at=NOW)
    kept.forget()


def deal(
    kind: str, threshold: int, value: Decimal, articles: frozenset[int] | None, times: int | None
) -> Deal:
    return Deal(
        pk=threshold, name="x", kind=kind, region_id=1, seller_id=None, articles=articles, titles=(),
        by_count=False, threshold=Decimal(threshold), value=value, times=times, priority=0,
        provinces=frozenset(), starts_at=None, ends_at=None,
    )  # fmt: skip


rows = st.lists(
    st.builds(
        counting.Row, st.integers(1, 4), st.none(), st.just(1), st.just(1),
        st.decimals("0.01", 300, places=2), st.integers(1, 9),
    ),
    min_size=1, max_size=5,
)  # fmt: skip
deals = st.lists(
    st.one_of(
        st.builds(deal, st.just(SPEND_SAVE), st.integers(1, 200), st.decimals("0.01", 150, places=2),
                  st.none(), st.sampled_from([1, 2, None])),
        st.builds(deal, st.just(RATE), st.integers(1, 5), st.decimals("0.5", "99.5", places=1),
                  st.sampled_from([None, frozenset({1, 2})]), st.just(1)),
        st.builds(deal, st.just(BUNDLE), st.just(0), st.decimals("0.01", 200, places=2),
                  st.sampled_from([frozenset({1, 2}), frozenset({2, 3, 4})]), st.sampled_from([1, None])),
    ),
    max_size=5,
)  # fmt: skip


@examples(max_examples=200, deadline=None)
@given(rows=rows, deals=deals)
def test_whatever_comes_together_nothing_costs_less_than_nothing_and_parts_add_up(
    rows: list[counting.Row], deals: list[Deal]
) -> None:
    before = sum(row.left for row in rows)
    taken = counting.count(rows, deals)
    assert all(row.left >= 0 for row in rows)
    assert sum(row.left for row in rows) == before - sum(one.amount for one in taken)
    for one in taken:
        assert sum(share for _index, share in one.shares) == one.amount
        assert one.amount == one.amount.quantize(Decimal("0.01"))


@examples(max_examples=100, deadline=None)
@given(
    amount=st.decimals(0, 500, places=2),
    weights=st.lists(st.decimals("0.01", 900, places=2), min_size=1, max_size=6),
)
def test_parts_by_largest_remainder_differ_by_less_than_a_cent(
    amount: Decimal, weights: list[Decimal]
) -> None:
    parts = dict(counting.spread(amount, list(enumerate(weights))))
    assert sum(parts.values()) == amount
    for index, weight in enumerate(weights):
        assert abs(parts.get(index, 0) - amount * weight / sum(weights)) < Decimal("0.01")
