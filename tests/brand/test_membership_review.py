"""Reviewing an application: one answer, by somebody without an interest, within the days."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.deletion import delete_account
from accounts.export import personal_data
from accounts.roles import has_role
from brand.acts.models import acts_on
from brand.members.acting import ActsAlready, let_act, stop_acting
from brand.members.addresses import free_slug
from brand.members.interests import ConflictOfInterest
from brand.members.representatives import acts_for
from brand.membership.drafts import NotOpen, save_draft, withdraw_application
from brand.membership.forgetting import forget_old
from brand.membership.models import MembershipApplication, MembershipPaper
from brand.membership.reminders import remind_officers
from brand.membership.reviewing import (
    NameTaken,
    Overtaken,
    ReasonMissing,
    approve_application,
    refuse_application,
    return_application,
)
from brand.membership.submitting import Incomplete, submit_application
from brand.models import Act, Member, MembershipTerms, Representative
from brand.private import private_storage
from changes.models import Change
from notices.models import Notice
from tests.factories.accounts import UserFactory, person
from tests.factories.brand import MemberFactory, RegionFactory, RepresentativeFactory
from tests.factories.membership import CODE, NOW, OTHER_CODE, complete, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return person("brand_officer")


def approve(application, by, **facts):
    facts = {"seen": application.version, "slug": "dianshang-dacong", **facts}
    return approve_application(application=application, by=by, at=NOW, **facts)


def send_back(application, by, **facts):
    facts = {"seen": application.version, "remarks": {"address": "写到门牌。"}, "note": "", **facts}
    return return_application(application=application, by=by, at=NOW, **facts)


def refuse(application, by, **facts):
    facts = {"seen": application.version, "reason": "不在本区。", **facts}
    return refuse_application(application=application, by=by, at=NOW, **facts)


def unchanged(application) -> bool:
    now = MembershipApplication.objects.get(pk=application.pk)
    return (now.state, now.version) == (application.state, application.version)


def test_what_is_sent_off_gets_a_number_and_a_day(officer, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        first = sent()
    assert (first.state, first.number, first.due_on) == ("submitted", "RH-2026-0001", date(2026, 12, 8))
    assert Notice.objects.filter(user=officer, kind="membership_received").count() == 1
    assert [act.verb for act in acts_on(first)] == ["submitted"]
    with pytest.raises(NotOpen):
        submit_application(application=first, by=first.applicant, at=NOW)


def test_the_days_to_answer_are_the_countys() -> None:
    MembershipTerms.objects.create(region=RegionFactory(), review_days=5)
    assert sent().due_on == date(2026, 11, 28)


def test_of_two_who_apply_for_one_company_the_database_lets_one_through() -> None:
    sent()
    second = complete(applicant=UserFactory(), credit_code=OTHER_CODE)
    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipApplication.objects.filter(pk=second.pk).update(
            credit_code=CODE, state="submitted", number="RH-1", submitted_at=NOW, due_on=NOW.date()
        )


def test_nothing_incomplete_is_sent_off() -> None:
    draft = complete(town="")
    with pytest.raises(Incomplete) as refused:
        submit_application(application=draft, by=draft.applicant, at=NOW)
    assert set(refused.value.problems) == {"town"}
    draft.refresh_from_db()
    assert draft.state == "draft" and draft.number is None and not Act.objects.exists()


def test_approval_makes_the_member_and_lets_the_applicant_act(
    officer, django_capture_on_commit_callbacks
) -> None:
    application = sent()
    with django_capture_on_commit_callbacks(execute=True):
        member = approve(application, officer)
    assert (member.name, member.credit_code, member.town, member.joined_on) == (
        "店上大葱专业合作社",
        CODE,
        "店上镇",
        date(2026, 11, 23),
    )
    assert member.phone == "0355-0000021", "the number of the contact person is not public"
    assert acts_for(application.applicant, member) and has_role(application.applicant, "member")
    assert Change.objects.filter(thing=f"brand.member:{member.pk}").exists()
    assert [act.verb for act in acts_on(member)] == ["joined", "representative_added"]
    told = Notice.objects.filter(kind="membership_approved")
    assert {notice.channel for notice in told} == {"site", "sms"}


def test_remarks_stand_beside_fields_and_the_days_begin_anew(officer) -> None:
    application = sent()
    send_back(application, officer, remarks={"address": " 写到门牌。 ", "name": " "})
    application.refresh_from_db()
    assert (application.state, application.remarks, application.due_on) == (
        "returned",
        {"address": "写到门牌。"},
        None,
    )
    changed = save_draft(
        application=application, values={"address": "店上村 12 号"}, version=application.version, at=NOW
    )
    assert changed.before["address"] == "潞城区店上镇店上村"
    later = NOW + timedelta(days=9)
    again = submit_application(application=changed, by=changed.applicant, at=later)
    assert (again.number, again.due_on) == ("RH-2026-0001", date(2026, 12, 17))
    assert [act.verb for act in acts_on(again)] == ["submitted", "returned", "submitted_again"]


def test_nobody_decides_about_their_own_company(officer) -> None:
    application = sent(applicant=officer)
    tie = RepresentativeFactory(user=person("brand_officer"), member__credit_code=OTHER_CODE)
    colleague = sent(applicant=UserFactory(), credit_code="92140406MAXXXX074A")
    Member.objects.filter(pk=tie.member_id).update(credit_code="92140406MAXXXX074A")
    for act, own, by in (
        (approve, application, officer),
        (send_back, application, officer),
        (refuse, application, officer),
        (approve, colleague, tie.user),
    ):
        with pytest.raises(ConflictOfInterest):
            act(own, by)
        assert unchanged(own)


@pytest.mark.parametrize("second", [approve, send_back, refuse])
@pytest.mark.parametrize("first", [approve, send_back, refuse])
def test_of_two_officers_one_decides(officer, first, second) -> None:
    application = sent()
    first(application, officer)
    decided = MembershipApplication.objects.get(pk=application.pk)
    with pytest.raises(Overtaken):
        second(application, person("brand_officer"))
    assert unchanged(decided) and Member.objects.count() == (first is approve)


def test_an_officer_who_looked_at_older_text_decides_nothing(officer) -> None:
    application = sent()
    seen = application.version
    send_back(application, officer)
    application.refresh_from_db()
    submit_application(application=application, by=application.applicant, at=NOW)
    with pytest.raises(Overtaken):
        approve(application, officer, seen=seen)
    assert not Member.objects.exists()


def test_what_was_taken_back_is_not_approved(officer) -> None:
    application = sent()
    withdraw_application(application=application, by=application.applicant, at=NOW)
    with pytest.raises(Overtaken):
        approve(application, officer)
    assert not Member.objects.exists()


def test_the_applicant_must_learn_why(officer) -> None:
    application = sent()
    with pytest.raises(ReasonMissing):
        send_back(application, officer, remarks={"name": " "})
    with pytest.raises(ReasonMissing):
        refuse(application, officer, reason=" ")
    assert unchanged(application)


def test_an_address_that_is_taken_is_said_so_and_another_one_offered(officer) -> None:
    MemberFactory(slug="dianshangdacong")
    application = sent()
    with pytest.raises(NameTaken):
        approve(application, officer, slug="dianshangdacong")
    assert unchanged(application)
    assert free_slug(application.name) == "dianshangdacong-2"


def test_a_credit_code_that_became_a_member_meanwhile_is_not_made_twice(officer) -> None:
    application = sent()
    MemberFactory(credit_code=CODE)
    with pytest.raises(NameTaken):
        approve(application, officer)
    assert unchanged(application) and Member.objects.count() == 1


def test_officers_are_reminded_once_before_and_once_after_the_day(officer) -> None:
    sent()
    for days in (1, 13, 14, 17, 18):
        remind_officers(at=NOW + timedelta(days=days))
    kinds = Notice.objects.filter(user=officer).values_list("kind", flat=True)
    assert sorted(kinds) == ["membership_due", "membership_overdue"]


def test_old_drafts_are_deleted_whole_after_a_warning(django_capture_on_commit_callbacks) -> None:
    draft = complete()
    name = draft.papers.get().file.name
    forget_old(at=NOW + timedelta(days=170))
    assert Notice.objects.filter(user=draft.applicant, kind="membership_fades").exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_old(at=NOW + timedelta(days=181)) == 1
    assert not MembershipApplication.objects.exists() and not private_storage().exists(name)


def test_a_refused_application_loses_persons_and_papers_and_keeps_the_decision(officer) -> None:
    application = sent()
    refuse(application, officer)
    forget_old(at=NOW + timedelta(days=364))
    assert MembershipPaper.objects.exists()
    assert forget_old(at=NOW + timedelta(days=366)) == 1
    now = MembershipApplication.objects.get()
    assert (now.contact_name, now.contact_phone, now.confirmed_phone, now.legal_person) == ("",) * 4
    assert (now.applicant, now.reason, now.credit_code) == (None, "不在本区。", CODE)
    assert now.erased_at and not MembershipPaper.objects.exists()
    assert forget_old(at=NOW + timedelta(days=367)) == 0


def test_a_deleted_account_leaves_no_application_behind(officer) -> None:
    draft = complete()
    user = draft.applicant
    assert personal_data(user=user, at=NOW)["membership_applications"][0]["contact_name"] == "李红"
    approved = sent(applicant=user, credit_code=OTHER_CODE)
    approve(approved, officer)
    delete_account(user=user, at=NOW)
    kept = MembershipApplication.objects.get()
    assert (kept.pk, kept.applicant, kept.contact_name, kept.confirmed_phone) == (approved.pk, None, "", "")
    assert kept.name and not Representative.objects.exists()


def test_people_are_let_act_and_stopped_with_a_trail(officer) -> None:
    member, user = MemberFactory(), UserFactory()
    tie = let_act(member=member, user=user, by=officer, at=NOW)
    with pytest.raises(ActsAlready):
        let_act(member=member, user=user, by=officer, at=NOW)
    with pytest.raises(ConflictOfInterest):
        let_act(member=member, user=officer, by=officer, at=NOW)
    stop_acting(tie=tie, by=officer, at=NOW)
    assert not acts_for(user, member) and not has_role(user, "member")
    assert [act.verb for act in acts_on(member)] == ["representative_added", "representative_removed"]


def test_no_officer_ends_their_own_tie_to_decide_about_their_company(client, officer) -> None:
    tie = RepresentativeFactory(user=officer)
    with pytest.raises(ConflictOfInterest):
        stop_acting(tie=tie, by=officer, at=NOW)
    client.force_login(officer)
    answer = client.post(reverse("brand-representatives:delete", args=[tie.pk]), follow=True)
    assert "另一位专员" in answer.content.decode()
    assert Representative.objects.filter(pk=tie.pk).exists()


def test_who_acts_for_another_member_keeps_the_role(officer) -> None:
    tie = RepresentativeFactory()
    other = let_act(member=MemberFactory(), user=tie.user, by=officer, at=NOW)
    stop_acting(tie=other, by=officer, at=NOW)
    assert has_role(tie.user, "member")
