"""Of two officers who save the same in one instant, the second is told so and loses nothing typed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.views.generic import CreateView
from wagtail.permissions import policy_registry

from brand.back_office.views import SaysTaken
from shop.back_office.menu import GROUPS
from shop.freight.models import FreightTemplate
from shop.models import Hall, OutsideHall, PayingTerms, Station
from shop.promotions.models import Campaign
from tests.factories.accounts import person
from tests.factories.pages import county
from tests.factories.promotions import coupon, promotion
from tests.shop.test_promotions_desk import CAMPAIGN, COUPON, OFFER

pytestmark = pytest.mark.django_db
# their forms write by their own verb, which refuses in words
ADDED = {"shop-settlement-terms", "shop-promotion-shares", "shop-supply-prices"}
ZONES = {"zones-TOTAL_FORMS": "0", "zones-INITIAL_FORMS": "0"}


def _campaign(region: Any) -> Any:
    starts = timezone.make_aware(timezone.datetime(2026, 11, 1))
    ends = starts + timedelta(days=36_500)
    return Campaign.objects.create(region=region, name=CAMPAIGN["name"], starts_at=starts, ends_at=ends)


CASES: dict[str, tuple[dict[str, str], Callable[[Any], Any]]] = {
    "shop-campaigns": (CAMPAIGN, _campaign),
    "shop-promotions": (OFFER, lambda region: promotion(region, name=OFFER["name"], threshold=30, value=5)),
    "shop-coupons": (COUPON, lambda region: coupon(region, name=COUPON["name"])),
    "shop-outside-halls": (
        {"platform": "jd", "name": "潞城馆", "url": "https://example.cn/"},
        lambda region: OutsideHall.objects.create(region=region, platform="jd", name="潞城馆"),
    ),
    "shop-halls": (
        {"slogan": "养葱，也养人。", "modules-count": "0", "services-count": "0"},
        lambda region: Hall.objects.create(region=region, slogan="别人写的"),
    ),
    "shop-paying-terms": (
        {"holder": "馆", "bank": "行", "account": "62", "transfer_days": "3", "on_delivery_most": "500"},
        lambda region: PayingTerms.objects.create(region=region, account="1", holder="别人"),
    ),
    "freight": (
        {"name": "快递", "first_grams": "1000", "further_grams": "1000", "unweighed_grams": "1000", **ZONES},
        lambda region: FreightTemplate.objects.create(region=region, name="别人的", partner=None),
    ),
    "parcel-stations": (
        {"name": "店上", "tier": "town", "open": "on"},
        lambda region: Station.objects.create(region=region, tier="county", name="店上"),
    ),
}


@pytest.mark.parametrize("space", CASES)
def test_the_second_is_told_and_keeps_what_was_typed(
    client: Client, monkeypatch: pytest.MonkeyPatch, space: str
) -> None:
    region = county()
    client.force_login(person("shop_operator"))
    typed, other = CASES[space]
    save, others = CreateView.form_valid, []

    def too_late(view: Any, form: Any) -> Any:
        if not others:
            others.append(other(region))  # the other officer was quicker by a moment
        return save(view, form)

    monkeypatch.setattr(CreateView, "form_valid", too_late)
    answer = client.post(reverse(f"{space}:add"), typed | {"region": str(region.pk)})
    assert others, answer.context["form"].errors
    assert answer.status_code == 200 and answer.context["form"].errors
    rows = type(others[0]).objects.filter(region=region)
    assert list(rows) == others
    kept = next(value for name, value in typed.items() if name in {"name", "slogan", "holder", "number"})
    assert kept in answer.content.decode()


def test_every_form_over_something_unique_tells_it() -> None:
    officer, silent = person("shop_operator"), []
    for viewset in (viewset for group in GROUPS for viewset in group.items):
        model = getattr(viewset, "model", None)
        if model is None or viewset.name in ADDED or not _unique(model):
            continue
        may = policy_registry.get_by_type(model).user_has_permission
        views = {"add": viewset().add_view_class, "change": viewset().edit_view_class}
        silent += [
            (viewset.name, action)
            for action, view in views.items()
            if may(officer, action) and not issubclass(view, SaysTaken)
        ]
    assert not silent


def _unique(model: Any) -> bool:
    fields = any(field.unique and not field.primary_key for field in model._meta.fields)
    return fields or any(hasattr(one, "nulls_distinct") for one in model._meta.constraints)
