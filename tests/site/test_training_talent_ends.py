"""What is shown no more in the talent pool: a consent ran out, a post ended, something was taken back."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from brand.models import Licence
from notices.models import Notice
from tests.factories.accounts import UserFactory, person
from tests.factories.brand import LicenceFactory, MemberFactory, RepresentativeFactory
from tests.factories.pages import county, course, open_training
from tests.factories.training import EnrolmentFactory, JobPostFactory, TalentFactory, TraineeFactory
from training.models import ContactRequest, Enrolment, JobApplication, JobPost, Talent, TalentConsent
from training.talent import agreement, applying, contacting, joining, looking_after, posting
from training.talent.applying import apply_for
from training.talent.barring import bar
from training.talent.letting_in import contact_for
from training.talent.matching import people_for
from training.talent.refusals import (
    AnsweredAlready,
    LeftThePool,
    MemberKeptOut,
    NotInThePool,
    NumberInWords,
    TalentRefused,
    WordsChanged,
)
from training.talent.searching import Filters, people

ME = "/training/me/talent/"
PEOPLE = "/training/talent/people/"
OURS = "/training/talent/our-jobs/"
HELLO = "十二月起每周三个晚上，来我们直播间。"
DAY = timedelta(days=1)
NUMBER = "13800001234"


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def region(db):
    region = county()
    open_training(region)
    return region


@pytest.fixture
def talent(region, now):
    trainee = TraineeFactory(name="常小满", region=region)
    return TalentFactory(trainee=trainee, region=region, joined_at=now - DAY, changed_at=now - DAY)


@pytest.fixture
def tie(region):
    return RepresentativeFactory(member=MemberFactory(region=region))


@pytest.fixture
def job(tie, now):
    until = timezone.localdate(now) + 9 * DAY
    return JobPostFactory(member=tie.member, posted_by=tie.user, until=until)


@pytest.fixture
def at_work(client, tie):
    client.force_login(tie.user)
    return client


def asked(talent, tie, at):
    return contacting.ask(talent_pk=talent.pk, member=tie.member, by=tie.user, message=HELLO, at=at)


def accepted(talent, tie, at, answer=""):
    request = asked(talent, tie, at)
    contacting.accept(request=request, trainee=talent.trainee, answer=answer, at=at)
    return request


def run_out(talent, at):
    """Let the day of the consent pass; nobody has looked after the pool since."""
    TalentConsent.objects.filter(pk=talent.consent_id).update(until=at - timedelta(minutes=1))
    talent.consent.refresh_from_db()


# --- a consent that ran out -----------------------------------------------------------------------


def test_of_a_consent_that_ran_out_members_read_nothing_before_it_is_deleted(
    at_work, talent, tie, job, region, now
):
    request = accepted(talent, tie, now)
    apply_for(job=job, trainee=talent.trainee, at=now)
    assert contact_for(tie.member, talent, at=now)
    run_out(talent, now)
    assert contact_for(tie.member, talent, at=now) is None
    assert not people(region, Filters(), at=now).exists() and not people_for(job, at=now)
    assert talent.headline not in at_work.get(PEOPLE).content.decode()
    for path in (f"{PEOPLE}{talent.pk}/", f"{PEOPLE}{talent.pk}/ask/"):
        assert at_work.get(path).status_code == 404
    for path in (f"/training/talent/asked/{request.pk}/", f"{OURS}{job.pk}/"):
        page = at_work.get(path).content.decode()
        assert "常小满" not in page and NUMBER not in page and talent.headline not in page


def test_a_consent_that_ran_out_is_neither_asked_nor_applied_nor_accepted_with(talent, tie, job, now):
    request = asked(talent, tie, now)
    run_out(talent, now)
    with pytest.raises(NotInThePool):
        contacting.accept(request=request, trainee=talent.trainee, at=now)
    with pytest.raises(NotInThePool):
        apply_for(job=job, trainee=talent.trainee, at=now)
    other = RepresentativeFactory(member=MemberFactory(region=talent.region))
    with pytest.raises(LeftThePool):
        asked(talent, other, now)
    assert ContactRequest.objects.get().state == "open" and not JobApplication.objects.exists()


def test_what_ran_out_is_deleted_before_anybody_is_asked_again(talent, now, monkeypatch):
    run_out(talent, now)
    left = []
    monkeypatch.setattr(looking_after, "ask_again", lambda at: left.append(Talent.objects.count()))
    looking_after.look_after(at=now)
    assert left == [0]


# --- another county -------------------------------------------------------------------------------


@pytest.fixture
def elsewhere(talent, now):
    """A post of another county, with an application that should never have been taken."""
    far = county("daning", default=False, name="大宁")
    tie = RepresentativeFactory(member=MemberFactory(region=far))
    until = timezone.localdate(now) + 9 * DAY
    return JobPostFactory(member=tie.member, posted_by=tie.user, until=until)


def test_a_member_of_another_county_reads_nothing_on_the_page_of_its_post(client, talent, elsewhere, now):
    JobApplication.objects.create(
        job=elsewhere, trainee=talent.trainee, called=talent.called, words="我是常小满", applied_at=now
    )
    client.force_login(elsewhere.posted_by)
    page = client.get(f"{OURS}{elsewhere.pk}/").content.decode()
    assert talent.called in page and "常小满" not in page and NUMBER not in page


def test_nobody_applies_in_another_county(client, talent, elsewhere, now):
    with pytest.raises(TalentRefused):
        apply_for(job=elsewhere, trainee=talent.trainee, at=now)
    client.force_login(talent.trainee.user)
    assert client.get(f"{ME}apply/{elsewhere.pk}/").url == ME
    assert client.post(f"{ME}apply/{elsewhere.pk}/", {"words": "x"}).url == ME
    assert not JobApplication.objects.exists()


def test_the_page_of_a_post_costs_the_same_however_many_applied(at_work, region, job, now):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            at_work.get(f"{OURS}{job.pk}/")
        return len(queries)

    apply_for(job=job, trainee=TalentFactory(region=region).trainee, at=now)
    cost()
    one = cost()
    for _ in range(4):
        apply_for(job=job, trainee=TalentFactory(region=region).trainee, at=now)
    assert cost() == one


# --- a post that is public no more ----------------------------------------------------------------


def of(job, trainee, state, now):
    application = apply_for(job=job, trainee=trainee, at=now)
    if state == "wanted":
        applying.answer(application=application, wanted=True, at=now)
    return application


def past_its_day(job, tie, now):
    JobPost.objects.filter(pk=job.pk).update(until=timezone.localdate(now) - DAY)
    looking_after.look_after(at=now)


def sent_back(job, tie, now):
    posting.send_back(job=job, why="不是招工，是卖保险", by=person("training_officer"), at=now)


def closed(job, tie, now):
    posting.close(job=job, by=tie.user, at=now)


@pytest.mark.parametrize("state", ["sent", "wanted"])
@pytest.mark.parametrize("ends", [sent_back, closed, past_its_day])
def test_with_the_post_its_applications_end_and_who_applied_is_told(
    talent, tie, job, now, state, ends, django_capture_on_commit_callbacks
):
    application = of(job, talent.trainee, state, now)
    with django_capture_on_commit_callbacks(execute=True):
        ends(job, tie, now)
    application.refresh_from_db()
    assert application.state == "closed" and contact_for(tie.member, talent, at=now) is None
    told = Notice.objects.filter(kind="talent_application_answered", user=talent.trainee.user, channel="site")
    assert told.count() == (2 if state == "wanted" else 1)


@pytest.mark.parametrize("state", ["sent", "wanted"])
def test_a_post_that_is_not_public_lets_nobody_in(at_work, talent, tie, job, now, state):
    of(job, talent.trainee, state, now)
    JobPost.objects.filter(pk=job.pk).update(until=timezone.localdate(now) - DAY)
    assert contact_for(tie.member, talent, at=now) is None  # before anybody looked after it
    JobPost.objects.filter(pk=job.pk).update(until=job.until, state=JobPost.State.SENT)
    assert contact_for(tie.member, talent, at=now) is None  # changed: the office reads it again
    page = at_work.get(f"{OURS}{job.pk}/").content.decode()
    assert "常小满" not in page and NUMBER not in page
    JobPost.objects.filter(pk=job.pk).update(state=JobPost.State.APPROVED)
    assert contact_for(tie.member, talent, at=now)


# --- words ----------------------------------------------------------------------------------------


def test_with_the_consent_every_word_of_the_trainee_goes(talent, tie, job, now):
    accepted(talent, tie, now, answer="我叫常小满")
    application = apply_for(job=job, trainee=talent.trainee, words="我是常小满", at=now)
    applying.answer(application=application, wanted=True, words="常小满，周五来", at=now)
    joining.leave(trainee=talent.trainee, at=now)
    request = ContactRequest.objects.get()
    application.refresh_from_db()
    assert request.called == request.answer == ""
    assert application.called == application.words == application.answer == ""


@pytest.mark.parametrize("number", [NUMBER, "138 0000 1234"])
def test_a_number_in_an_answer_or_an_application_is_refused_and_what_was_typed_stays(
    client, talent, tie, job, now, number
):
    request = asked(talent, tie, now)
    for give in (contacting.accept, contacting.decline):
        with pytest.raises(NumberInWords):
            give(request=request, trainee=talent.trainee, answer=f"打 {number}", at=now)
    with pytest.raises(NumberInWords):
        apply_for(job=job, trainee=talent.trainee, words=f"打 {number}", at=now)
    client.force_login(talent.trainee.user)
    answer = {"do": "accept", "answer": f"打 {number}"}
    for path, typed in ((f"requests/{request.pk}/", answer), (f"apply/{job.pk}/", {"words": f"打 {number}"})):
        response = client.post(ME + path, typed)
        assert response.status_code == 400 and f"打 {number}" in response.content.decode()
    request.refresh_from_db()
    assert request.state == "open" and not JobApplication.objects.exists()


# --- taking back ----------------------------------------------------------------------------------


def test_a_number_taken_back_is_read_no_more_whichever_way_it_was_given(client, talent, tie, job, now):
    request = accepted(talent, tie, now, answer="我叫常小满")
    application = apply_for(job=job, trainee=talent.trainee, words="我是常小满", at=now)
    client.force_login(talent.trainee.user)
    client.post(f"{ME}requests/{request.pk}/", {"do": "take_back"})
    for row in (request, application):
        row.refresh_from_db()
    assert (request.state, request.answer) == ("declined", "")
    assert (application.state, application.words) == ("withdrawn", "")
    assert contact_for(tie.member, talent, at=now) is None
    with pytest.raises(AnsweredAlready):
        contacting.take_back(request=request, trainee=talent.trainee, at=now)


def test_an_application_taken_back_takes_the_accepted_request_with_it(talent, tie, job, now):
    request = accepted(talent, tie, now)
    application = apply_for(job=job, trainee=talent.trainee, words="我是常小满", at=now)
    other = RepresentativeFactory(member=MemberFactory(region=talent.region))
    accepted(talent, other, now)
    applying.take_back(application=application, trainee=talent.trainee, at=now)
    request.refresh_from_db()
    assert request.state == "declined" and contact_for(tie.member, talent, at=now) is None
    assert contact_for(other.member, talent, at=now)
    with pytest.raises(AnsweredAlready):
        applying.take_back(application=application, trainee=talent.trainee, at=now)


def test_the_page_of_a_declined_request_says_that_an_application_shows_the_number(
    client, talent, tie, job, now
):
    request = asked(talent, tie, now)
    apply_for(job=job, trainee=talent.trainee, at=now)
    contacting.decline(request=request, trainee=talent.trainee, at=now)
    client.force_login(talent.trainee.user)
    assert 'value="take_back"' in client.get(f"{ME}requests/{request.pk}/").content.decode()
    client.post(f"{ME}requests/{request.pk}/", {"do": "take_back"})
    assert contact_for(tie.member, talent, at=now) is None
    assert 'value="take_back"' not in client.get(f"{ME}requests/{request.pk}/").content.decode()


# --- the end of a consent -------------------------------------------------------------------------


def test_the_end_of_a_consent_takes_the_profile_first_as_everybody_does(talent, now):
    with CaptureQueriesContext(connection) as queries:
        joining.leave(trainee=talent.trainee, at=now)
    said = [each["sql"] for each in queries]
    profile = next(n for n, sql in enumerate(said) if sql.startswith("SELECT") and '"training_talent"' in sql)
    consent = next(n for n, sql in enumerate(said) if sql.startswith('UPDATE "training_talentconsent"'))
    assert profile < consent


def test_a_consent_given_anew_meanwhile_is_not_ended_as_old(talent, now):
    old = talent.consent
    run_out(talent, now)
    joining.agree_anew(trainee=talent.trainee, version=agreement.VERSION, at=now)
    with pytest.raises(NotInThePool):
        joining.run_out(consent=old, at=now)
    assert Talent.objects.get().consent.holds(at=now)


# --- a member kept out ----------------------------------------------------------------------------


def suspend(member):
    LicenceFactory(member=member, state=Licence.State.SUSPENDED)


def test_closing_the_pool_to_a_member_closes_what_they_asked(talent, tie, now):
    request = asked(talent, tie, now)
    other = asked(talent, RepresentativeFactory(member=MemberFactory(region=talent.region)), now)
    bar(member=tie.member, why="拿号码卖保险", by=UserFactory(), at=now)
    request.refresh_from_db()
    assert (request.state, request.answered_at) == ("closed", now)
    with pytest.raises(TalentRefused):
        contacting.accept(request=request, trainee=talent.trainee, at=now)
    other.refresh_from_db()
    assert other.state == "open"


def test_a_yes_to_a_suspended_member_is_refused_without_telling_their_reasons(client, talent, tie, job, now):
    request = asked(talent, tie, now)
    suspend(tie.member)
    for act in (
        lambda: contacting.accept(request=request, trainee=talent.trainee, at=now),
        lambda: apply_for(job=job, trainee=talent.trainee, at=now),
    ):
        with pytest.raises(MemberKeptOut):
            act()
    request.refresh_from_db()
    assert request.state == "open" and not JobApplication.objects.exists()
    client.force_login(talent.trainee.user)
    client.post(f"{ME}requests/{request.pk}/", {"do": "decline"})  # a no is always possible
    request.refresh_from_db()
    assert request.state == "declined"


def test_asking_looks_at_the_standing_after_the_members_row_is_locked(talent, tie, now, monkeypatch):
    inside = []
    depth = len(connection.savepoint_ids)
    monkeypatch.setattr(
        contacting,
        "require_standing",
        lambda member, at: inside.append(len(connection.savepoint_ids) > depth),
    )
    asked(talent, tie, now)
    assert inside == [True]


# --- the words agreed to --------------------------------------------------------------------------


def test_agreeing_to_words_that_changed_meanwhile_is_refused(client, talent, region, now):
    with pytest.raises(WordsChanged):
        joining.agree_anew(trainee=talent.trainee, version="2025-01", at=now)
    client.force_login(talent.trainee.user)
    assert f'value="{agreement.VERSION}"' in client.get(f"{ME}anew/").content.decode()
    response = client.post(f"{ME}anew/", {"agreed": "on", "version": "2025-01"})
    assert response.status_code == 200 and f'value="{agreement.VERSION}"' in response.content.decode()
    assert TalentConsent.objects.count() == 1
    client.post(f"{ME}anew/", {"agreed": "on", "version": agreement.VERSION})
    assert TalentConsent.objects.count() == 2


def test_joining_with_words_that_changed_meanwhile_is_refused_and_shows_them_anew(client, region):
    trainee = TraineeFactory(region=region)
    page = course(region.site.root_page.get_children().get(slug="training"), "live", kind="live")
    done = {"state": Enrolment.State.COMPLETED, "completed_at": timezone.now()}
    EnrolmentFactory(trainee=trainee, course=page, **done)
    client.force_login(trainee.user)
    assert f'value="{agreement.VERSION}"' in client.get(f"{ME}join/").content.decode()
    typed = {
        "headline": "会直播也会打包", "abilities": ["live_selling"], "hours": "part", "reach": "county",
        "phone": NUMBER, "agreed": "on",
    }  # fmt: skip
    for version in ({}, {"version": "2025-01"}):
        response = client.post(f"{ME}join/", {**typed, **version})
        page = response.content.decode()
        assert (
            response.status_code == 400 and f'value="{agreement.VERSION}"' in page and "2025-01" not in page
        )
        assert typed["headline"] in page and not TalentConsent.objects.exists()
    client.post(f"{ME}join/", {**typed, "version": agreement.VERSION})
    assert TalentConsent.objects.get().version == agreement.VERSION
