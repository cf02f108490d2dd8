"""The talent pool: who comes in, who looks, who asks, and what is gone when somebody leaves."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.deletion import delete_account
from accounts.export import personal_data
from brand.acts.models import acts_on
from brand.models import Licence
from notices.models import Notice
from tests.factories.accounts import UserFactory
from tests.factories.brand import LicenceFactory, MemberFactory, RepresentativeFactory
from tests.factories.pages import county, course, training_index
from tests.factories.training import BEGAN, EnrolmentFactory, JobPostFactory, TalentFactory, TraineeFactory
from training.models import (
    Certificate,
    ContactRequest,
    EmployerBar,
    Enrolment,
    JobApplication,
    Talent,
    TalentConsent,
    TalentLook,
)
from training.talent import agreement, contacting, joining, looking, personal
from training.talent.applying import answer, apply_for
from training.talent.barring import bar
from training.talent.joining import Profile, join, leave
from training.talent.letting_in import contact_for
from training.talent.looking_after import look_after
from training.talent.numbers import refuse_numbers
from training.talent.refusals import (
    AnsweredAlready,
    AppliedAlready,
    AskedAlready,
    DeclinedLately,
    EnoughForToday,
    InThePoolAlready,
    JobOver,
    LeftThePool,
    NotAgreed,
    NothingShownYet,
    NotInGoodStanding,
    NotInThePool,
    NumberInWords,
)

AT = BEGAN
DAY = timedelta(days=1)
PROFILE = Profile(
    headline="会直播，也会打包", hours="part", reach="county", phone="+8613800001234",
    abilities=("live_selling", "packing"), interests=("pictures",), pay_from=3000, pay_to=4500,
)  # fmt: skip
HELLO = "十二月起每周三个晚上，来我们直播间。"


@pytest.fixture
def region(db):
    return county()


@pytest.fixture
def graduate(region):
    """Somebody who finished a course of live selling."""
    page = course(training_index(region), "live", title="直播间站住了", kind="live")
    facts = {"state": Enrolment.State.COMPLETED, "completed_at": AT}
    trainee = TraineeFactory(name="常小满", region=region)
    EnrolmentFactory(trainee=trainee, course=page, **facts)
    return trainee


@pytest.fixture
def talent(graduate, region):
    return TalentFactory(trainee=graduate, region=region)


@pytest.fixture
def tie(region):
    return RepresentativeFactory(member=MemberFactory(region=region))


@pytest.fixture
def member(tie):
    return tie.member


def asked(talent, tie, at=AT):
    return contacting.ask(talent_pk=talent.pk, member=tie.member, by=tie.user, message=HELLO, at=at)


# --- coming in ------------------------------------------------------------------------------------


def test_joining_keeps_the_words_agreed_to_their_version_and_the_time(graduate, region):
    talent = join(
        trainee=graduate, region=region, profile=PROFILE, agreed=True, version=agreement.VERSION, at=AT
    )
    consent = talent.consent
    assert (consent.version, consent.given_at, consent.until) == (agreement.VERSION, AT, AT + agreement.LASTS)
    assert region.name in consent.text and len(consent.text.splitlines()) == len(agreement.sentences(region))
    assert {each.work for each in talent.abilities.all()} == {"live_selling", "packing"}
    assert [act.verb for act in acts_on(graduate)] == ["joined_pool"]


def test_without_consent_nobody_is_in(graduate, region):
    with pytest.raises(NotAgreed):
        join(trainee=graduate, region=region, profile=PROFILE, agreed=False, version=agreement.VERSION, at=AT)
    assert not Talent.objects.exists() and not TalentConsent.objects.exists()


def test_who_finished_nothing_is_told_so(region):
    with pytest.raises(NothingShownYet):
        join(
            trainee=TraineeFactory(),
            region=region,
            profile=PROFILE,
            agreed=True,
            version=agreement.VERSION,
            at=AT,
        )
    assert not TalentConsent.objects.exists()


def test_joining_twice_changes_nothing(talent, region):
    with pytest.raises(InThePoolAlready):
        join(
            trainee=talent.trainee,
            region=region,
            profile=PROFILE,
            agreed=True,
            version=agreement.VERSION,
            at=AT,
        )
    assert TalentConsent.objects.count() == 1


@pytest.mark.parametrize(
    "text", ["找我13800001234", "微信同号 138-0000-1234", "138 0000 1234", "+86 138 0000 1234"]
)
def test_a_number_in_the_words_is_refused(graduate, region, text):
    with pytest.raises(NumberInWords):
        join(
            trainee=graduate,
            region=region,
            profile=replace(PROFILE, about=text),
            agreed=True,
            version=agreement.VERSION,
            at=AT,
        )
    assert not Talent.objects.exists()


def test_other_numbers_may_stand_in_the_words():
    refuse_numbers("2026年11月带了 138 场，卖了 12000 斤", "身份证不写，编号 4101380000123456789")


def test_pay_upside_down_is_kept_out_by_the_database(talent):
    talent.pay_from, talent.pay_to = 5000, 3000
    with pytest.raises(IntegrityError), transaction.atomic():
        talent.save()


# --- good standing --------------------------------------------------------------------------------


def suspend(member):
    LicenceFactory(member=member, state=Licence.State.SUSPENDED)


def revoke(member):
    LicenceFactory(member=member, state=Licence.State.REVOKED)


def close_to(member):
    bar(member=member, why="拿号码卖保险", by=UserFactory(), at=AT)


def join_later(member):
    member.joined_on = date(2027, 1, 1)
    member.save()


@pytest.mark.parametrize("lose", [suspend, revoke, close_to, join_later])
def test_a_member_not_in_good_standing_neither_looks_nor_asks(talent, tie, lose):
    lose(tie.member)
    with pytest.raises(NotInGoodStanding):
        looking.look(talent=talent, member=tie.member, by=tie.user, at=AT)
    with pytest.raises(NotInGoodStanding):
        asked(talent, tie)
    assert not TalentLook.objects.exists() and not ContactRequest.objects.exists()


def test_a_revoked_licence_beside_one_in_force_does_not_matter(talent, tie):
    revoke(tie.member)
    LicenceFactory(member=tie.member)
    assert asked(talent, tie).pk


def test_a_member_suspended_after_the_answer_reads_the_number_no_more(talent, tie):
    contacting.accept(request=asked(talent, tie), trainee=talent.trainee, at=AT)
    assert contact_for(tie.member, talent, at=AT).phone == talent.phone
    suspend(tie.member)
    assert contact_for(tie.member, talent, at=AT) is None
    assert contact_for(tie.member, None, at=AT) is None


# --- asking and answering -------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_asking_tells_the_trainee_and_shows_no_number(talent, tie):
    request = asked(talent, tie)
    assert contact_for(tie.member, talent, at=AT) is None
    told = Notice.objects.filter(kind="talent_asked", user=talent.trainee.user)
    assert {notice.channel for notice in told} >= {"site"} and tie.member.name in told[0].text
    assert "常小满" not in request.called and request.called.startswith("常")


def test_yes_shows_name_and_number_to_that_member_alone(talent, tie, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        contacting.accept(request=asked(talent, tie), trainee=talent.trainee, answer="周末可以", at=AT)
    contact = contact_for(tie.member, talent, at=AT)
    assert (contact.name, contact.phone) == ("常小满", "+8613800001234")
    assert contact_for(MemberFactory(region=tie.member.region), talent, at=AT) is None
    assert Notice.objects.filter(kind="talent_answered", user=tie.user).exists()


def test_a_yes_can_be_taken_back(talent, tie):
    request = asked(talent, tie)
    contacting.accept(request=request, trainee=talent.trainee, at=AT)
    contacting.take_back(request=request, trainee=talent.trainee, at=AT)
    assert contact_for(tie.member, talent, at=AT) is None


def test_a_request_is_answered_once(talent, tie):
    request = asked(talent, tie)
    contacting.decline(request=request, trainee=talent.trainee, at=AT)
    with pytest.raises(AnsweredAlready):
        contacting.accept(request=request, trainee=talent.trainee, at=AT)
    assert contact_for(tie.member, talent, at=AT) is None


def test_nobody_answers_for_somebody_else(talent, tie):
    with pytest.raises(AnsweredAlready):
        contacting.accept(request=asked(talent, tie), trainee=TraineeFactory(), at=AT)
    assert ContactRequest.objects.get().state == "open"


def test_asking_twice_is_told_and_counts_once(talent, tie):
    asked(talent, tie)
    with pytest.raises(AskedAlready):
        asked(talent, tie)
    assert ContactRequest.objects.count() == 1


def test_after_a_no_the_member_waits_ninety_days(talent, tie):
    contacting.decline(request=asked(talent, tie), trainee=talent.trainee, at=AT)
    with pytest.raises(DeclinedLately):
        asked(talent, tie, at=AT + 89 * DAY)
    assert asked(talent, tie, at=AT + 91 * DAY).pk


def test_a_member_asks_so_many_a_day_and_again_tomorrow(region, tie):
    for _ in range(contacting.A_DAY):
        asked(TalentFactory(region=region), tie)
    last = TalentFactory(region=region)
    with pytest.raises(EnoughForToday):
        asked(last, tie)
    assert ContactRequest.objects.count() == contacting.A_DAY
    assert asked(last, tie, at=AT + DAY).pk


def test_a_member_opens_so_many_profiles_a_day(region, tie, monkeypatch):
    monkeypatch.setattr(looking, "A_DAY", 2)
    people = [TalentFactory(region=region) for _ in range(3)]
    for one in people[:2] * 2:  # the second time costs nothing
        looking.look(talent=one, member=tie.member, by=tie.user, at=AT)
    with pytest.raises(EnoughForToday):
        looking.look(talent=people[2], member=tie.member, by=tie.user, at=AT)
    assert TalentLook.objects.count() == 2


def test_people_of_another_county_are_not_reached(talent):
    elsewhere = RepresentativeFactory(
        member=MemberFactory(region=county("daning", default=False, name="大宁"))
    )
    with pytest.raises(LeftThePool):
        asked(talent, elsewhere)


# --- leaving --------------------------------------------------------------------------------------


def test_leaving_deletes_the_profile_and_closes_what_is_open(talent, tie, django_capture_on_commit_callbacks):
    request = asked(talent, tie)
    job = JobPostFactory(member=tie.member, posted_by=tie.user)
    application = apply_for(job=job, trainee=talent.trainee, words="我离得近", at=AT)
    with django_capture_on_commit_callbacks(execute=True):
        leave(trainee=talent.trainee, at=AT + DAY)
    assert not Talent.objects.exists()
    request.refresh_from_db()
    application.refresh_from_db()
    assert (request.state, application.state) == ("closed", "withdrawn")
    assert request.called == application.called == application.words == ""
    consent = TalentConsent.objects.get()
    assert (consent.ended, consent.ended_at) == ("withdrawn", AT + DAY) and consent.text
    assert Notice.objects.filter(kind="talent_closed", user=tie.user).count() == 2


def test_withdrawal_while_a_request_is_open_leaves_nothing_to_accept(talent, tie):
    request = asked(talent, tie)
    leave(trainee=talent.trainee, at=AT)
    with pytest.raises(AnsweredAlready):
        contacting.accept(request=request, trainee=talent.trainee, at=AT)
    with pytest.raises(LeftThePool):
        asked(talent, tie)
    assert ContactRequest.objects.get().state == "closed"


def test_what_was_accepted_before_does_not_hold_after_coming_back(talent, tie, region):
    contacting.accept(request=asked(talent, tie), trainee=talent.trainee, at=AT)
    leave(trainee=talent.trainee, at=AT + DAY)
    back = join(
        trainee=talent.trainee,
        region=region,
        profile=PROFILE,
        agreed=True,
        version=agreement.VERSION,
        at=AT + 2 * DAY,
    )
    assert contact_for(tie.member, back, at=AT + 2 * DAY) is None
    assert asked(back, tie, at=AT + 2 * DAY).state == "open"


def test_leaving_twice_is_told(talent):
    leave(trainee=talent.trainee, at=AT)
    with pytest.raises(NotInThePool):
        leave(trainee=talent.trainee, at=AT)
    with pytest.raises(NotInThePool):
        joining.change(trainee=talent.trainee, profile=PROFILE, at=AT)


def test_the_office_takes_somebody_out_with_a_reason(talent):
    joining.take_out(trainee=talent.trainee, why="写了别人的名字", by=UserFactory(), at=AT)
    consent = TalentConsent.objects.get()
    assert (consent.ended, consent.ended_why) == (
        "taken_out",
        "写了别人的名字",
    ) and not Talent.objects.exists()


# --- a year later ---------------------------------------------------------------------------------


def test_a_consent_is_asked_for_again_and_then_runs_out(talent):
    end = talent.consent.until
    look_after(at=end - 40 * DAY)
    assert not Notice.objects.filter(kind="talent_ending").exists()
    for _ in range(2):
        look_after(at=end - 20 * DAY)
    on_site = {"channel": "site", "user": talent.trainee.user}
    assert Notice.objects.filter(kind="talent_ending", **on_site).count() == 1
    look_after(at=end)
    assert not Talent.objects.exists() and TalentConsent.objects.get().ended == "ran_out"
    assert Notice.objects.filter(kind="talent_ended", **on_site).count() == 1


def test_agreeing_anew_holds_for_another_year_to_the_words_of_the_day(talent):
    later = talent.consent.until - 10 * DAY
    made = joining.agree_anew(trainee=talent.trainee, version=agreement.VERSION, at=later)
    talent.refresh_from_db()
    assert talent.consent == made and made.until == later + agreement.LASTS
    look_after(at=later + 20 * DAY)
    assert Talent.objects.exists()
    assert sorted(TalentConsent.objects.values_list("ended", flat=True)) == ["", "renewed"]


def test_a_request_nobody_answers_closes_after_two_weeks(talent, tie):
    request = asked(talent, tie)
    look_after(at=AT + 13 * DAY)
    request.refresh_from_db()
    assert request.state == "open"
    look_after(at=AT + 15 * DAY)
    request.refresh_from_db()
    assert request.state == "lapsed"


# --- applying -------------------------------------------------------------------------------------


def test_applying_lets_that_member_in_once(talent, member):
    job = JobPostFactory(member=member)
    apply_for(job=job, trainee=talent.trainee, at=AT)
    assert contact_for(member, talent, at=AT).phone == talent.phone
    with pytest.raises(AppliedAlready):
        apply_for(job=job, trainee=talent.trainee, at=AT)
    assert JobApplication.objects.count() == 1


def test_a_declined_application_shows_no_number_any_more(talent, member):
    application = apply_for(job=JobPostFactory(member=member), trainee=talent.trainee, at=AT)
    answer(application=application, wanted=False, words="招满了", at=AT)
    assert contact_for(member, talent, at=AT) is None
    with pytest.raises(AnsweredAlready):
        answer(application=application, wanted=True, at=AT)


@pytest.mark.parametrize("facts", [{"until": AT.date() - DAY}, {"state": "closed"}, {"state": "sent"}])
def test_a_post_past_its_day_or_not_public_takes_nobody(talent, member, facts):
    with pytest.raises(JobOver):
        apply_for(job=JobPostFactory(member=member, **facts), trainee=talent.trainee, at=AT)
    assert not JobApplication.objects.exists()


def test_applying_needs_a_profile(region, member):
    with pytest.raises(NotInThePool):
        apply_for(job=JobPostFactory(member=member), trainee=TraineeFactory(), at=AT)


def test_applications_to_a_post_past_its_day_are_closed(talent, member):
    job = JobPostFactory(member=member)
    apply_for(job=job, trainee=talent.trainee, at=AT)
    look_after(at=AT + 40 * DAY)
    assert JobApplication.objects.get().state == "closed"


# --- one's own data -------------------------------------------------------------------------------


def test_everything_is_taken_along(talent, tie):
    asked(talent, tie)
    looking.look(talent=talent, member=tie.member, by=tie.user, at=AT)
    data = personal_data(user=talent.trainee.user, at=AT)
    assert data["talent_profile"]["headline"] == talent.headline
    assert data["talent_profile"]["abilities"] == ["live_selling"]
    assert data["talent_consents"][0]["version"] == "2026-11"
    assert data["talent_looks"][0]["member__name"] == tie.member.name
    assert data["talent_requests"][0]["message"] == HELLO


def test_with_the_account_every_row_about_the_person_goes(talent, tie):
    asked(talent, tie)
    looking.look(talent=talent, member=tie.member, by=tie.user, at=AT)
    apply_for(job=JobPostFactory(member=tie.member), trainee=talent.trainee, at=AT)
    delete_account(user=talent.trainee.user, at=AT)
    for model in (Talent, TalentConsent, TalentLook, ContactRequest, JobApplication):
        assert not model.objects.exists(), model


def test_deleting_everything_on_request_leaves_the_courses(talent, tie):
    looking.look(talent=talent, member=tie.member, by=tie.user, at=AT)
    personal.forget(user=talent.trainee.user, at=AT)
    assert not Talent.objects.exists() and not TalentLook.objects.exists()
    assert not TalentConsent.objects.exists() and Enrolment.objects.exists()


def test_who_asked_for_a_member_is_forgotten_with_their_account(talent, tie):
    asked(talent, tie)
    JobPostFactory(member=tie.member, posted_by=tie.user)
    EmployerBar.objects.create(member=MemberFactory(region=talent.region), why="x", by=tie.user, at=AT)
    delete_account(user=tie.user, at=AT)
    assert ContactRequest.objects.get().asked_by is None and EmployerBar.objects.get().by is None
    assert Certificate.objects.count() == 0
