"""The terms for VI files: accepted per person, member and version."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from brand.acts.models import acts_on
from brand.models import VIAcceptance, VIAccess, VIAgreement
from brand.vi.accepting import (
    AgreementChanged,
    AlreadyPublished,
    NotAccepted,
    accept_agreement,
    accepted_agreement,
    agreement_in_force,
    agreement_to_accept,
    next_agreement_number,
    publish_agreement,
)
from brand.vi.access import Basis, Grant
from tests.factories.accounts import person
from tests.factories.brand import RegionFactory, RepresentativeFactory
from tests.factories.vi_files import vi_agreement

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 1, tzinfo=UTC)


@pytest.fixture
def tie():
    return RepresentativeFactory()


def accept(agreement, tie):
    return accept_agreement(agreement, member=tie.member, user=tie.user, at=NOW)


def test_the_newest_published_version_is_in_force(tie):
    assert agreement_in_force(tie.member.region) is None
    first = vi_agreement()
    second = vi_agreement(number=2)
    vi_agreement(number=3, published=False)
    vi_agreement(RegionFactory(slug="daning", adcode="141030"), number=9)
    assert agreement_in_force(tie.member.region) == second != first
    assert next_agreement_number(tie.member.region) == 4


def test_a_new_version_asks_everybody_again(tie):
    grants = [Grant(Basis.MEMBER, tie.member)]
    first = vi_agreement()
    assert agreement_to_accept(grants, user=tie.user) == (first, tie.member)
    accept(first, tie)
    assert agreement_to_accept(grants, user=tie.user) is None
    assert accepted_agreement(grants, user=tie.user) == first
    second = vi_agreement(number=2)
    assert agreement_to_accept(grants, user=tie.user) == (second, tie.member)


def test_each_person_accepts_for_each_member(tie):
    agreement = vi_agreement()
    accept(agreement, tie)
    colleague = RepresentativeFactory(member=tie.member)
    elsewhere = RepresentativeFactory(user=tie.user)
    assert agreement_to_accept([Grant(Basis.MEMBER, tie.member)], user=colleague.user)
    assert agreement_to_accept([Grant(Basis.MEMBER, elsewhere.member)], user=tie.user)


def test_public_files_and_the_office_ask_for_nothing(tie):
    vi_agreement()
    grants = [Grant(Basis.PUBLIC, tie.member), Grant(Basis.OFFICE)]
    assert agreement_to_accept(grants, user=tie.user) is None
    assert VIAccess.PUBLIC and accepted_agreement(grants, user=tie.user) is None


def test_accepting_twice_is_once(tie):
    agreement = vi_agreement()
    assert accept(agreement, tie) == accept(agreement, tie)
    assert VIAcceptance.objects.get().at == NOW


def test_an_older_version_cannot_be_accepted_any_more(tie):
    old = vi_agreement()
    vi_agreement(number=2)
    with pytest.raises(AgreementChanged):
        accept(old, tie)
    assert not VIAcceptance.objects.exists()


def test_nobody_accepts_for_a_stranger(tie):
    agreement = vi_agreement()
    with pytest.raises(NotAccepted):
        accept_agreement(agreement, member=tie.member, user=person("member"), at=NOW)
    other = vi_agreement(RegionFactory(slug="daning", adcode="141030"))
    with pytest.raises(NotAccepted):
        accept(other, tie)
    assert not VIAcceptance.objects.exists()


def test_of_two_officers_who_publish_one_does(tie):
    draft = vi_agreement(published=False)
    same = VIAgreement.objects.get(pk=draft.pk)
    officer = person("brand_officer")
    publish_agreement(draft, by=officer, at=NOW)
    with pytest.raises(AlreadyPublished):
        publish_agreement(same, by=officer, at=NOW)
    assert [act.verb for act in acts_on(draft)] == ["published"]


def test_a_county_has_one_draft_and_no_number_twice():
    vi_agreement(published=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        vi_agreement(number=2, published=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        vi_agreement(number=1)
