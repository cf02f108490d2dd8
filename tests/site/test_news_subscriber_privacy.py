"""Whoever has an account takes their letters along and leaves none behind; nobody gets at another's."""

from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress

from accounts.deletion import delete_account
from accounts.export import personal_data
from news.models import Subscription
from tests.factories.accounts import UserFactory
from tests.factories.brand import RegionFactory
from tests.factories.readers import SubscriptionFactory

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture
def user(db):
    SubscriptionFactory(region=RegionFactory(), email="li@example.org", confirmed_at=NOW)
    return UserFactory(email="li@example.org")


def own(user, *, verified):
    EmailAddress.objects.update_or_create(
        user=user, email="li@example.org", defaults={"verified": verified, "primary": True}
    )


def test_a_confirmed_address_is_exported_and_erased_with_the_account(user):
    own(user, verified=True)
    [letter] = personal_data(user=user, at=NOW)["letters"]
    assert letter["email"] == "li@example.org"
    assert "token" not in letter
    delete_account(user=user, at=NOW)
    assert not Subscription.objects.exists()


def test_an_address_that_was_only_claimed_is_not_theirs(user):
    own(user, verified=False)
    assert personal_data(user=user, at=NOW)["letters"] == []
    delete_account(user=user, at=NOW)
    assert Subscription.objects.exists()
