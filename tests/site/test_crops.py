"""Crops in the back office: who says below what warmth one stands still."""

import pytest

from accounts.roles import give_role
from brand.models import Crop
from tests.factories.accounts import UserFactory
from tests.factories.brand import ProductFactory

pytestmark = pytest.mark.django_db
FACTS = {"name": "大葱", "name_en": "Welsh onion", "base_temperature": "5.0"}


def sign_in(client, role: str) -> None:
    user = UserFactory()
    give_role(user, role)
    client.force_login(user)


@pytest.mark.parametrize("role", ["trace_operator", "brand_officer"])
def test_a_crop_is_added_by_who_knows_it(client, role):
    sign_in(client, role)
    assert client.post("/cms/brand-crops/new/", FACTS).status_code == 302
    assert str(Crop.objects.get().base_temperature) == "5.0"


def test_a_clerk_may_not(client):
    sign_in(client, "clerk")
    client.post("/cms/brand-crops/new/", FACTS)
    assert not Crop.objects.exists()


def test_a_base_temperature_nothing_grows_at_is_refused(client):
    sign_in(client, "trace_operator")
    page = client.post("/cms/brand-crops/new/", FACTS | {"base_temperature": "50"}).content.decode()
    assert "-10 到 30 ℃" in page
    assert not Crop.objects.exists()


def test_a_product_outlives_its_crop():
    product = ProductFactory(crop=Crop.objects.create(name="大葱"))
    product.crop.delete()
    product.refresh_from_db()
    assert product.crop is None
