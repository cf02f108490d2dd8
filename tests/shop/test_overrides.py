"""Oscar's class loader falls back in silence: every class we override must be ours."""

import pytest
from django.apps import apps
from oscar.core.loading import get_class, get_model

OURS = [
    ("search.views", "FacetedSearchView", "shop.search.views"),
    ("search.views", "CatalogueView", "shop.search.views"),
    ("search.views", "ProductCategoryView", "shop.search.views"),
    ("catalogue.views", "ProductDetailView", "shop.catalogue.views"),
    ("catalogue.views", "CatalogueView", "shop.search.views"),
    ("basket.views", "BasketAddView", "shop.basket.views"),
    ("offer.applicator", "Applicator", "shop.offer.applicator"),
    ("partner.strategy", "Selector", "shop.partner.strategy"),
]
APPS = {
    "catalogue": "shop.catalogue", "basket": "shop.basket", "customer": "shop.customer",
    "search": "shop.search", "partner": "shop.partner", "checkout": "shop.checkout",
    "order": "shop.order", "offer": "shop.offer", "voucher": "shop.voucher", "address": "shop.address",
    "shipping": "shop.shipping", "reviews": "shop.catalogue.reviews",
}  # fmt: skip


@pytest.mark.parametrize(("module", "name", "where"), OURS)
def test_the_class_is_ours(module: str, name: str, where: str) -> None:
    assert get_class(module, name).__module__ == where


@pytest.mark.parametrize(("label", "name"), APPS.items())
def test_the_app_is_ours_under_oscars_label(label: str, name: str) -> None:
    assert apps.get_app_config(label).name == name


OUR_MODELS = [
    ("catalogue", "Product"), ("partner", "Partner"), ("partner", "StockRecord"), ("order", "Order"),
    ("order", "Line"), ("order", "ShippingAddress"), ("address", "UserAddress"),
    ("offer", "ConditionalOffer"), ("offer", "Benefit"),
    ("voucher", "Voucher"), ("basket", "Basket"),
]  # fmt: skip


@pytest.mark.parametrize(("label", "name"), OUR_MODELS)
def test_the_model_is_ours(label: str, name: str) -> None:
    assert get_model(label, name).__module__ == f"shop.{label}.models"


def test_the_review_is_ours() -> None:
    assert get_model("reviews", "ProductReview").__module__ == "shop.catalogue.reviews.models"


def test_the_other_models_are_oscars() -> None:
    assert get_model("catalogue", "Category").__module__.startswith("oscar.")
    assert get_model("basket", "Line").__module__.startswith("oscar.")


def test_haystack_is_not_installed() -> None:
    assert not apps.is_installed("haystack")


def test_the_strategy_does_not_look_at_the_user_until_asked(rf) -> None:
    request = rf.get("/")

    class Watched:
        looked = False

        @property
        def is_authenticated(self) -> bool:
            Watched.looked = True
            return False

    request.user = Watched()
    strategy = get_class("partner.strategy", "Selector")().strategy(request=request, user=request.user)
    assert not Watched.looked
    assert strategy.user is None and Watched.looked
