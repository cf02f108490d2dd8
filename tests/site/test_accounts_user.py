"""A user is known by phone, by e-mail, or by both; each is unique and has one spelling."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from lib.phone import InvalidPhone, display_phone, masked_phone, normalise_phone
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "typed",
    [
        "13800001234",
        "138 0000 1234",
        "+86 138-0000-1234",
        "0086 13800001234",
        "8613800001234",
        "１３８００００１２３４",
    ],
)
def test_a_phone_number_has_one_spelling(typed: str) -> None:
    assert normalise_phone(typed) == "+8613800001234"


@pytest.mark.parametrize("typed", ["1380000123", "0355 6821234", "hello", "", "+86 1", "138000012345678901"])
def test_what_cannot_get_an_sms_is_no_phone_number(typed: str) -> None:
    with pytest.raises(InvalidPhone):
        normalise_phone(typed)


def test_a_phone_number_is_shown_as_people_read_it() -> None:
    assert display_phone("+8613800001234") == "138 0000 1234"
    assert masked_phone("+8613800001234") == "138 **** 1234"


def test_a_phone_is_enough() -> None:
    user = User.objects.create_user(phone="138 0000 1234", password="x")
    user.refresh_from_db()
    assert (user.phone, user.email) == ("+8613800001234", None)
    assert user.get_username() == "138 0000 1234"
    assert str(user) == "138 0000 1234"


def test_an_email_is_enough_and_its_case_does_not_matter() -> None:
    user = User.objects.create_user("Li.Hong@Example.ORG", "x")
    assert user.email == "li.hong@example.org"
    assert User.objects.get_by_natural_key("LI.hong@example.org") == user
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("li.HONG@example.org", "x")


def test_many_may_be_without_email() -> None:
    for number in ("13800001234", "13800001235"):
        User.objects.create_user(phone=number)
    assert User.objects.filter(email=None).count() == 2


def test_neither_is_refused_by_code_and_by_the_database() -> None:
    with pytest.raises(ValueError, match="phone number or an e-mail"):
        User.objects.create_user()
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(password="x")])
    user = UserFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=user.pk).update(email=None)


@pytest.mark.parametrize("wrong", [{"email": "A@b.cn"}, {"email": ""}, {"phone": "13800001234"}])
def test_the_database_refuses_another_spelling(wrong: dict[str, str]) -> None:
    user = UserFactory(phone="13800009999")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=user.pk).update(**wrong)


def test_a_deleted_account_needs_neither() -> None:
    user = UserFactory()
    User.objects.filter(pk=user.pk).update(email=None, erased_at=timezone.now())
    assert User.objects.get(pk=user.pk).get_username() == f"#{user.pk}"


def test_a_wrong_number_is_told_beside_its_field() -> None:
    with pytest.raises(ValidationError) as refusal:
        User(phone="12", email="a@b.cn").full_clean(exclude=["password"])
    assert "phone" in refusal.value.message_dict


def test_chinese_names_stand_family_first() -> None:
    assert UserFactory(last_name="欧阳", first_name="红").get_full_name() == "欧阳红"
    assert UserFactory(last_name="Hong", first_name="Li").get_full_name() == "Li Hong"


def test_a_superuser_by_phone_can_be_made_on_the_command_line() -> None:
    user = User.objects.create_superuser(phone="13800001234", password="x")
    assert user.is_superuser and user.is_staff and user.phone_verified
