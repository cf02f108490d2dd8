"""The address book: one's own, and nobody else's."""

import pytest
from django.urls import reverse

from shop.address.keeping import MOST, keep_address
from shop.address.models import UserAddress
from tests.factories.accounts import UserFactory
from tests.factories.orders import address

pytestmark = pytest.mark.django_db
BOOK = "customer:address-list"


def test_the_same_address_is_kept_once() -> None:
    user = UserFactory()
    first = keep_address(user=user, address=address())
    assert keep_address(user=user, address=address()) == first
    assert UserAddress.objects.count() == 1


def test_a_book_has_an_end() -> None:
    user = UserFactory()
    for number in range(MOST + 3):
        keep_address(user=user, address=address(street=f"{number} 号"))
    assert UserAddress.objects.count() == MOST


def test_one_is_made_usual_and_one_taken_out(client) -> None:
    user = UserFactory()
    client.force_login(user)
    one = keep_address(user=user, address=address())
    other = keep_address(user=user, address=address(street="别处 1 号"))
    client.post(reverse("customer:address-change-status", args=[other.pk, "default_for_shipping"]))
    client.post(reverse("customer:address-delete", args=[one.pk]))
    assert UserAddress.objects.get().is_default_for_shipping
    assert "别处 1 号" in client.get(reverse(BOOK)).content.decode()


def test_nobody_touches_the_book_of_another(client) -> None:
    kept = keep_address(user=UserFactory(), address=address())
    client.force_login(UserFactory())
    assert client.post(reverse("customer:address-delete", args=[kept.pk])).status_code == 404
    assert "王小葱" not in client.get(reverse(BOOK)).content.decode()
    assert UserAddress.objects.filter(pk=kept.pk).exists()


def test_a_look_changes_nothing(client) -> None:
    user = UserFactory()
    client.force_login(user)
    kept = keep_address(user=user, address=address())
    assert client.get(reverse("customer:address-delete", args=[kept.pk])).status_code == 302
    assert UserAddress.objects.filter(pk=kept.pk).exists()
