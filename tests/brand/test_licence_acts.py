"""A licence after it was given: suspended, reinstated, revoked; one winner, reasons, notices, the trail."""

from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from brand.acts.models import acts_on
from brand.licences.acts import (
    LicenceActRefused,
    possible_acts,
    reinstate_licence,
    revoke_licence,
    suspend_licence,
)
from brand.licences.rights import NotLicensed, is_licensee, require_licence
from brand.licences.turning import turn_licences
from brand.members.interests import ConflictOfInterest
from brand.models import Act, Licence
from changes.models import Change
from notices.models import Notice
from tests.factories.accounts import person
from tests.factories.brand import LicenceFactory, ProductFactory, RepresentativeFactory
from tests.factories.supervision import NOW, FindingFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
WHY = "旧版包装没停用，催了两次。"


@pytest.fixture
def officer():
    return person("brand_officer")


def test_a_suspended_licence_gives_no_right_from_that_moment_on(officer) -> None:
    product = ProductFactory()
    licence = product.licences.get()
    require_licence(product, on=TODAY)
    suspend_licence(licence=licence, reason=WHY, by=officer, at=NOW)
    with pytest.raises(NotLicensed, match=licence.number):
        require_licence(product, on=TODAY)
    assert not is_licensee(product.member, on=TODAY)
    reinstate_licence(licence=licence, reason="换好了。", by=officer, at=NOW)
    assert require_licence(product, on=TODAY) == licence


def test_the_suspension_is_what_is_said_though_the_renewal_waits(officer) -> None:
    product = ProductFactory()
    licence = product.licences.get()
    first = licence.valid_to + timedelta(days=1)
    follows = {"valid_from": first, "valid_to": first + timedelta(days=1000)}
    LicenceFactory(member=product.member, products=[product], renews=licence, **follows)
    suspend_licence(licence=licence, reason=WHY, by=officer, at=NOW)
    with pytest.raises(NotLicensed, match=licence.number):
        require_licence(product, on=TODAY)


@pytest.fixture
def renewal():
    """A renewal that was given and begins when the old licence ends."""
    licence = LicenceFactory()
    first = licence.valid_to + timedelta(days=1)
    dates = {"valid_from": first, "valid_to": first + timedelta(days=1000)}
    return LicenceFactory(member=licence.member, renews=licence, **dates)


def state(licence) -> str:
    licence.refresh_from_db()
    return licence.state


def test_a_renewal_that_waits_goes_along_there_and_back(officer, renewal) -> None:
    suspend_licence(licence=renewal.renews, reason=WHY, by=officer, at=NOW)
    assert state(renewal) == Licence.State.SUSPENDED
    assert acts_on(renewal).get().detail == {"with": renewal.renews.number}
    reinstate_licence(licence=renewal.renews, reason="换好了。", by=officer, at=NOW)
    assert state(renewal) == Licence.State.VALID
    revoke_licence(licence=renewal.renews, reason="改了又犯。", by=officer, at=NOW)
    assert state(renewal) == Licence.State.REVOKED


def test_a_renewal_suspended_by_itself_stays_so(officer, renewal) -> None:
    suspend_licence(licence=renewal, reason="材料不实。", by=officer, at=NOW)
    suspend_licence(licence=renewal.renews, reason=WHY, by=officer, at=NOW)
    reinstate_licence(licence=renewal.renews, reason="换好了。", by=officer, at=NOW)
    assert state(renewal) == Licence.State.SUSPENDED


def test_a_renewal_in_force_has_a_life_of_its_own(officer, renewal) -> None:
    later = NOW + timedelta(days=(renewal.valid_from - TODAY).days)
    suspend_licence(licence=renewal.renews, reason=WHY, by=officer, at=later)
    assert state(renewal) == Licence.State.VALID


def test_each_act_is_in_the_trail_with_who_and_why(officer) -> None:
    licence = LicenceFactory()
    suspend_licence(licence=licence, reason=f" {WHY} ", by=officer, at=NOW)
    revoke_licence(licence=licence, reason="改了又犯。", by=officer, at=NOW)
    assert [(act.verb, act.by, act.note) for act in acts_on(licence)] == [
        ("suspended", officer, WHY),
        ("revoked", officer, "改了又犯。"),
    ]


def test_the_pages_of_the_county_hear_of_it(officer) -> None:
    licence = LicenceFactory()
    suspend_licence(licence=licence, reason=WHY, by=officer, at=NOW)
    change = Change.objects.get(thing=f"brand.licence:{licence.pk}")
    assert change.region == licence.region.slug


def test_whoever_acts_for_the_member_is_told_why(officer, django_capture_on_commit_callbacks) -> None:
    tie = RepresentativeFactory()
    licence = LicenceFactory(member=tie.member)
    with django_capture_on_commit_callbacks(execute=True):
        suspend_licence(licence=licence, reason=WHY, by=officer, at=NOW)
    notice = Notice.objects.get(user=tie.user)
    assert licence.number in notice.subject
    assert WHY in notice.text
    assert notice.url == f"/brand/licences/{licence.number}/"


@pytest.mark.parametrize("reason", ["", "  "])
def test_no_act_without_a_reason(officer, reason) -> None:
    licence = LicenceFactory()
    with pytest.raises(LicenceActRefused):
        suspend_licence(licence=licence, reason=reason, by=officer, at=NOW)
    assert _unchanged(licence)


def test_nobody_acts_on_the_licence_of_their_own_company(officer) -> None:
    licence = LicenceFactory()
    RepresentativeFactory(member=licence.member, user=officer)
    for act in (suspend_licence, revoke_licence, reinstate_licence):
        with pytest.raises(ConflictOfInterest):
            act(licence=licence, reason=WHY, by=officer, at=NOW)
    assert _unchanged(licence)


@pytest.mark.parametrize(
    ("state", "possible"),
    [
        (Licence.State.VALID, ["suspended", "revoked"]),
        (Licence.State.SUSPENDED, ["reinstated", "revoked"]),
        (Licence.State.REVOKED, []),
    ],
)
def test_only_what_the_state_allows_is_done(officer, state, possible) -> None:
    assert possible_acts(LicenceFactory(state=state)) == possible
    acts = {"suspended": suspend_licence, "reinstated": reinstate_licence, "revoked": revoke_licence}
    for verb, act in acts.items():
        licence = LicenceFactory(state=state)
        if verb in possible:
            act(licence=licence, reason=WHY, by=officer, at=NOW)
            continue
        with pytest.raises(LicenceActRefused):
            act(licence=licence, reason=WHY, by=officer, at=NOW)
        licence.refresh_from_db()
        assert licence.state == state
        assert not acts_on(licence)


def test_the_second_of_two_officers_learns_that_the_first_was_faster(officer) -> None:
    licence = LicenceFactory()
    seen_by_the_other = Licence.objects.get(pk=licence.pk)
    revoke_licence(licence=licence, reason=WHY, by=officer, at=NOW)
    with pytest.raises(LicenceActRefused, match="撤销"):
        suspend_licence(licence=seen_by_the_other, reason="先停。", by=person("brand_officer"), at=NOW)
    assert acts_on(licence).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_wins() -> None:
    licence, officers = LicenceFactory(), [person("brand_officer") for _ in range(2)]
    start, outcomes = Barrier(2), []

    def act(officer) -> None:
        mine = Licence.objects.select_related("member", "region").get(pk=licence.pk)
        start.wait()
        try:
            suspend_licence(licence=mine, reason=WHY, by=officer, at=NOW)
            outcomes.append("done")
        except LicenceActRefused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=act, args=(officer,)) for officer in officers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "refused"]
    assert acts_on(licence).count() == 1


def test_a_suspension_names_the_finding_it_came_from(officer) -> None:
    finding = FindingFactory()
    licence = finding.inspection.licence
    suspend_licence(licence=licence, reason=WHY, by=officer, at=NOW, finding=finding)
    assert acts_on(licence).get().detail == {"finding": finding.name}


def test_a_finding_of_another_licence_suspends_nothing(officer) -> None:
    licence = LicenceFactory()
    with pytest.raises(LicenceActRefused):
        suspend_licence(licence=licence, reason=WHY, by=officer, at=NOW, finding=FindingFactory())
    assert _unchanged(licence)


def test_the_turn_of_the_day_is_noted_once_and_told(django_capture_on_commit_callbacks) -> None:
    tie = RepresentativeFactory()
    ended = LicenceFactory(member=tie.member, valid_to=date(2026, 11, 22))
    begins = LicenceFactory(valid_from=TODAY)
    revoked = LicenceFactory(valid_to=date(2026, 11, 22), state=Licence.State.REVOKED)
    LicenceFactory(valid_to=date(2024, 11, 22), valid_from=date(2021, 11, 23))  # long known
    with django_capture_on_commit_callbacks(execute=True):
        assert turn_licences(at=NOW) == 2
    assert turn_licences(at=NOW) == 0
    assert [act.verb for act in acts_on(ended)] == ["expired"]
    assert [act.verb for act in acts_on(begins)] == ["begun"]
    assert not acts_on(revoked)
    assert ended.number in Notice.objects.get(user=tie.user).subject
    assert Change.objects.filter(thing=f"brand.licence:{ended.pk}").count() == 1


def test_a_licence_ends_at_midnight_in_its_county() -> None:
    licence = LicenceFactory(valid_to=TODAY)
    assert turn_licences(at=datetime(2026, 11, 23, 15, 59, tzinfo=UTC)) == 0
    assert turn_licences(at=datetime(2026, 11, 23, 16, 1, tzinfo=UTC)) == 1
    assert acts_on(licence).get().verb == "expired"


def test_looking_for_turns_asks_as_much_for_many_as_for_none(django_assert_num_queries) -> None:
    turn_licences(at=NOW)
    LicenceFactory.create_batch(5)
    with django_assert_num_queries(2):
        turn_licences(at=NOW)


def _unchanged(licence: Licence) -> bool:
    licence.refresh_from_db()
    return licence.state == Licence.State.VALID and not Act.objects.exists() and not Change.objects.exists()
