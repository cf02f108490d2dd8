"""What every part of the brand's affairs stands on: who acts for whom, the trail, numbers, rights."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from brand.acts.models import acts_on, record_act
from brand.counters.models import next_number
from brand.licences.rights import NotLicensed, licence_covering, require_licence
from brand.members.interests import ConflictOfInterest, refuse_own
from brand.members.representatives import acts_for, members_of
from brand.models import Licence
from tests.factories.accounts import person
from tests.factories.brand import LicenceFactory, MemberFactory, ProductFactory, RepresentativeFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def test_a_person_acts_for_the_members_they_are_tied_to_and_no_other() -> None:
    tie = RepresentativeFactory()
    assert members_of(tie.user) == [tie.member]
    assert acts_for(tie.user, tie.member)
    assert not acts_for(tie.user, MemberFactory())
    assert members_of(AnonymousUser()) == []


def test_nobody_decides_about_their_own_company() -> None:
    tie = RepresentativeFactory(member__credit_code="91140406MA0XXX0154")
    officer = person("brand_officer")
    for own in (
        {"member": tie.member},
        {"credit_code": tie.member.credit_code},
        {"applicant": tie.user},
    ):
        with pytest.raises(ConflictOfInterest):
            refuse_own(tie.user, **own)
        refuse_own(officer, **own)


def test_the_trail_of_a_thing_is_its_own_and_in_order() -> None:
    licence, other, officer = LicenceFactory(), LicenceFactory(), person("brand_officer")
    record_act(licence, "suspended", by=officer, at=NOW, note="抽检没过", detail={"finding": 3})
    record_act(licence, "reinstated", by=None, at=NOW)
    record_act(other, "suspended", by=officer, at=NOW)
    assert [(act.verb, act.by) for act in acts_on(licence)] == [("suspended", officer), ("reinstated", None)]


def test_numbers_of_a_series_follow_one_another() -> None:
    assert [next_number("licence.lucheng.2026") for _ in range(3)] == [1, 2, 3]
    assert next_number("licence.daning.2026") == 1


def test_a_number_taken_in_a_transaction_that_failed_is_given_again() -> None:
    next_number("a")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        next_number("a")
        raise ZeroDivisionError
    assert next_number("a") == 2


@pytest.mark.parametrize(
    "facts",
    [
        {"state": Licence.State.SUSPENDED},
        {"state": Licence.State.REVOKED},
        {"valid_from": date(2026, 11, 24)},
        {"valid_to": date(2026, 11, 22)},
    ],
)
def test_only_a_licence_in_force_covers_a_product(facts) -> None:
    product = ProductFactory(licensed=False)
    LicenceFactory(member=product.member, products=[product], **facts)
    with pytest.raises(NotLicensed, match="潞城大葱"):
        require_licence(product, on=TODAY)


def test_a_licence_of_somebody_else_covers_nothing() -> None:
    product = ProductFactory(licensed=False)
    LicenceFactory(products=[product])
    assert licence_covering(product, on=TODAY) is None
    own = LicenceFactory(member=product.member, products=[product])
    assert require_licence(product, on=TODAY) == own


def test_more_codes_than_the_licence_allows_cannot_be_written_down() -> None:
    product = ProductFactory()
    covers = LicenceFactory(member=product.member, products=[product]).covers.get()
    covers.codes_drawn = 1_000_000
    covers.save()
    covers.quantity = 999_999
    with pytest.raises(IntegrityError), transaction.atomic():
        covers.save()
    covers.refresh_from_db()
    assert covers.quantity is None and covers.codes_left is None
