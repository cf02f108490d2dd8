"""Trade buyers and offers."""

from datetime import UTC, datetime

from oscar.core.loading import get_model

from shop.models import TradeBuyer
from tests.factories.accounts import UserFactory
from tests.factories.brand import RegionFactory

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


def offer(name: str):
    """Return an offer with nothing in it."""
    everything, _new = get_model("offer", "Range").objects.get_or_create(
        name="全部", includes_all_products=True
    )
    condition = get_model("offer", "Condition").objects.create(range=everything, type="Count", value=1)
    benefit = get_model("offer", "Benefit").objects.create(range=everything, type="Absolute", value=10)
    return get_model("offer", "ConditionalOffer").objects.create(
        name=name, condition=condition, benefit=benefit
    )


def trade_buyer(**facts) -> TradeBuyer:
    """Return an approved restaurant with an account."""
    defaults = {
        "name": "上党人家酒店有限公司", "kind": "restaurant", "credit_code": "91140400MA0GYLL11A",
        "contact": "郭师傅", "phone": "+8613800005678", "province": "山西省", "city": "长治市",
        "address": "潞州区英雄中路 88 号", "state": "approved", "asked_at": NOW,
    }  # fmt: skip
    made = {**defaults, **facts}
    made.setdefault("user", UserFactory())
    made.setdefault("region", RegionFactory())
    return TradeBuyer.objects.create(**made)
