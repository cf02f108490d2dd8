"""Who may have the files of the VI library, asked at the moment of use."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from brand.models import Licence, Representative, VIAccess, VIAsset
from brand.vi.access import Basis, Grant, Refusal, Rights, Why, may_download
from tests.factories.accounts import UserFactory, person
from tests.factories.brand import (
    LicenceFactory,
    MemberFactory,
    ProductFactory,
    RegionFactory,
    RepresentativeFactory,
)
from tests.factories.vi_files import vi_file

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture
def tie() -> Representative:
    return RepresentativeFactory()


def asset(access: str, **more) -> VIAsset:
    return vi_file(access=access, **more).version.asset


def why(answer: Grant | Refusal) -> Why:
    assert isinstance(answer, Refusal) and answer.text
    return answer.why


def test_public_files_are_for_everybody(tie):
    everybodys = asset(VIAccess.PUBLIC)
    assert may_download(AnonymousUser(), everybodys, TODAY) == Grant(Basis.PUBLIC)
    assert may_download(tie.user, everybodys, TODAY) == Grant(Basis.PUBLIC, tie.member)
    assert not may_download(tie.user, everybodys, TODAY).needs_agreement


def test_members_files_are_for_those_who_act_for_a_member_of_the_county(tie):
    members = asset(VIAccess.MEMBERS)
    granted = may_download(tie.user, members, TODAY)
    assert granted == Grant(Basis.MEMBER, tie.member) and granted.needs_agreement
    assert why(may_download(AnonymousUser(), members, TODAY)) is Why.NOT_SIGNED_IN
    assert why(may_download(person("member"), members, TODAY)) is Why.NOT_A_MEMBER
    other = RepresentativeFactory(member=MemberFactory(region=RegionFactory(slug="daning", adcode="141030")))
    assert why(may_download(other.user, members, TODAY)) is Why.NOT_A_MEMBER


def test_licensees_files_need_a_licence_on_one_of_the_products(tie):
    scallion, millet = (
        ProductFactory(member=tie.member, licensed=False),
        ProductFactory(member=tie.member, licensed=False),
    )
    for_scallion = asset(VIAccess.LICENSEES, products=(scallion,))
    for_any = asset(VIAccess.LICENSEES)
    assert why(may_download(tie.user, for_scallion, TODAY)) is Why.NOT_LICENSED
    licence = LicenceFactory(member=tie.member, products=[millet])
    assert why(may_download(tie.user, for_scallion, TODAY)) is Why.NOT_LICENSED
    assert may_download(tie.user, for_any, TODAY) == Grant(Basis.LICENCE, tie.member, licence)
    licence.products.add(scallion)
    assert may_download(tie.user, for_scallion, TODAY) == Grant(Basis.LICENCE, tie.member, licence)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"state": Licence.State.SUSPENDED}, Why.SUSPENDED),
        ({"state": Licence.State.REVOKED}, Why.REVOKED),
        ({"valid_to": TODAY - timedelta(days=1)}, Why.EXPIRED),
        ({"valid_from": TODAY + timedelta(days=1)}, Why.NOT_YET),
    ],
)
def test_a_licence_that_is_not_in_force_opens_nothing_and_is_named(tie, changes, reason):
    licence = LicenceFactory(member=tie.member, **changes)
    answer = may_download(tie.user, asset(VIAccess.LICENSEES), TODAY)
    assert why(answer) is reason and licence.number in answer.text


def test_a_suspended_licence_is_named_though_its_renewal_waits(tie):
    suspended = LicenceFactory(member=tie.member, state=Licence.State.SUSPENDED, valid_to=TODAY)
    first, last = TODAY + timedelta(days=1), suspended.valid_to + timedelta(days=1000)
    LicenceFactory(member=tie.member, valid_from=first, valid_to=last, renews=suspended)
    answer = may_download(tie.user, asset(VIAccess.LICENSEES), TODAY)
    assert why(answer) is Why.SUSPENDED and suspended.number in answer.text


def test_another_licence_in_force_is_enough(tie):
    LicenceFactory(member=tie.member, state=Licence.State.REVOKED, valid_to=date(2030, 1, 1))
    good = LicenceFactory(member=tie.member)
    assert may_download(tie.user, asset(VIAccess.LICENSEES), TODAY).licence == good


def test_a_licence_of_a_company_one_acts_for_no_more_opens_nothing(tie):
    LicenceFactory(member=tie.member)
    tie.delete()
    assert why(may_download(tie.user, asset(VIAccess.LICENSEES), TODAY)) is Why.NOT_A_MEMBER


@pytest.mark.parametrize("state", [VIAsset.State.DRAFT, VIAsset.State.WITHDRAWN])
def test_what_is_not_published_is_for_the_office_alone(tie, state):
    hidden = asset(VIAccess.PUBLIC, state=state)
    assert why(may_download(tie.user, hidden, TODAY)) is Why.NOT_HERE
    officer = person("brand_officer")
    assert may_download(officer, hidden, TODAY) == Grant(Basis.OFFICE)
    assert may_download(officer, asset(VIAccess.LICENSEES), TODAY) == Grant(Basis.OFFICE)


def test_a_version_that_was_never_given_out_is_for_the_office_alone(tie):
    given = vi_file(access=VIAccess.MEMBERS)
    draft = vi_file(asset=given.version.asset, published=False, content=b"<svg>2</svg>")
    rights = Rights(tie.user, on=TODAY)
    assert isinstance(rights.to_file(given), Grant) and why(rights.to_file(draft)) is Why.NOT_HERE
    assert Rights(person("brand_officer"), on=TODAY).to_file(draft) == Grant(Basis.OFFICE)


def test_a_closed_account_may_nothing(tie):
    tie.user.is_active = False
    assert why(may_download(tie.user, asset(VIAccess.MEMBERS), TODAY)) is Why.NOT_A_MEMBER


def test_the_right_to_many_assets_costs_three_queries(tie, django_assert_num_queries):
    for _ in range(3):
        LicenceFactory(member=tie.member, products=[ProductFactory(member=tie.member, licensed=False)])
    for access in VIAccess:
        asset(access)
    assets = list(VIAsset.objects.prefetch_related("products"))
    with django_assert_num_queries(3):
        rights = Rights(tie.user, on=TODAY)
        assert all(isinstance(rights.to(each), Grant) for each in assets)


def test_a_visitor_costs_no_query(django_assert_num_queries):
    members = asset(VIAccess.MEMBERS)
    with django_assert_num_queries(0):
        may_download(AnonymousUser(), members, TODAY)


def test_somebody_without_any_tie_is_refused_everything_but_public():
    nobody = UserFactory()
    answers = [type(may_download(nobody, asset(access), TODAY)) for access in VIAccess]
    assert answers == [Grant, Refusal, Refusal]
