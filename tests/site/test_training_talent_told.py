"""What members are told of people in the pool: no name, and nobody who does not act for the member today."""

import pytest
from django.utils import timezone

from accounts.deletion import delete_account
from accounts.export import personal_data
from brand.acts.models import acts_on
from notices.models import Notice
from tests.factories.accounts import UserFactory
from tests.factories.brand import MemberFactory, RepresentativeFactory
from tests.factories.pages import county
from tests.factories.training import JobPostFactory, TalentFactory, TraineeFactory
from training.models import ContactRequest
from training.talent import applying, contacting, joining, personal

FOR_MEMBERS = ("talent_answered", "talent_applied", "talent_closed")


@pytest.fixture
def at():
    return timezone.now()


@pytest.fixture
def region(db):
    return county()


@pytest.fixture
def talent(region, at):
    trainee = TraineeFactory(name="欧阳小满")
    return TalentFactory(trainee=trainee, region=region, joined_at=at, changed_at=at)


@pytest.fixture
def tie(region):
    return RepresentativeFactory(member=MemberFactory(region=region))


@pytest.fixture
def job(tie):
    until = timezone.localdate() + timezone.timedelta(days=9)
    return JobPostFactory(member=tie.member, posted_by=tie.user, until=until)


def everything(talent, tie, job, at, capture):
    """Ask and answer, apply, ask again and leave."""
    facts = {"talent_pk": talent.pk, "member": tie.member, "by": tie.user, "message": "来我们直播间。"}
    with capture(execute=True):
        asked = contacting.ask(**facts, at=at)
        contacting.accept(request=asked, trainee=talent.trainee, answer="可以", at=at)
        applying.apply_for(job=job, trainee=talent.trainee, words="我离得近", at=at)
        joining.leave(trainee=talent.trainee, at=at)


def test_no_notice_to_a_member_says_who_it_is(talent, tie, job, at, django_capture_on_commit_callbacks):
    everything(talent, tie, job, at, django_capture_on_commit_callbacks)
    told = Notice.objects.filter(user=tie.user, kind__in=FOR_MEMBERS)
    assert {notice.kind for notice in told} == set(FOR_MEMBERS)
    assert not any("欧" in notice.text + notice.subject for notice in told)


def test_who_acts_for_the_member_no_more_is_told_nothing_and_who_does_is(
    talent, tie, job, at, django_capture_on_commit_callbacks
):
    now_acts = RepresentativeFactory(member=tie.member).user
    before = tie.user
    with django_capture_on_commit_callbacks(execute=True):
        facts = {"talent_pk": talent.pk, "member": tie.member, "by": before, "message": "来我们直播间。"}
        asked = contacting.ask(**facts, at=at)
    tie.delete()
    with django_capture_on_commit_callbacks(execute=True):
        contacting.accept(request=asked, trainee=talent.trainee, at=at)
        applying.apply_for(job=job, trainee=talent.trainee, at=at)
        joining.leave(trainee=talent.trainee, at=at)
    assert not Notice.objects.filter(user=before).exists()
    assert {notice.kind for notice in Notice.objects.filter(user=now_acts)} == set(FOR_MEMBERS)


# --- taken along, and deleted ---------------------------------------------------------------------


def test_deleting_everything_takes_the_trail_and_the_notices_along(
    talent, tie, job, at, django_capture_on_commit_callbacks
):
    everything(talent, tie, job, at, django_capture_on_commit_callbacks)
    user = talent.trainee.user
    assert acts_on(talent.trainee).exists() and Notice.objects.filter(user=user).exists()
    personal.forget(user=user, at=at)
    assert not acts_on(talent.trainee).exists() and not Notice.objects.filter(user=user).exists()
    assert Notice.objects.filter(user=tie.user).exists()  # names nobody


def test_with_the_account_the_trail_of_the_pool_goes(talent, at):
    trainee = talent.trainee
    joining.take_out(trainee=trainee, why="小满写了别人的名字", by=UserFactory(), at=at)
    delete_account(user=trainee.user, at=at)
    assert not acts_on(trainee).exists()


def test_answers_reasons_and_acts_are_taken_along(talent, tie, job, at):
    facts = {"talent_pk": talent.pk, "member": tie.member, "by": tie.user, "message": "来我们直播间。"}
    contacting.ask(**facts, job=job, at=at)
    application = applying.apply_for(job=job, trainee=talent.trainee, at=at)
    applying.answer(application=application, wanted=True, words="周五来", at=at)
    data = personal_data(user=talent.trainee.user, at=at)
    assert data["talent_profile"]["called"] and data["talent_profile"]["county"] == talent.region.name
    assert data["talent_requests"][0]["job__title"] == job.title
    told = data["talent_applications"][0]
    assert (told["answer"], told["answered_at"]) == ("周五来", at)
    joining.take_out(trainee=talent.trainee, why="写了别人的名字", by=UserFactory(), at=at)
    data = personal_data(user=talent.trainee.user, at=at)
    assert data["talent_consents"][0]["ended_why"] == "写了别人的名字"
    assert data["talent_acts"] == [{"verb": "pool_taken_out", "note": "写了别人的名字", "at": at}]


def test_what_somebody_wrote_for_a_member_is_taken_along(talent, tie, job, at):
    facts = {"talent_pk": talent.pk, "member": tie.member, "by": tie.user, "message": "来我们直播间。"}
    contacting.ask(**facts, at=at)
    data = personal_data(user=tie.user, at=at)
    assert data["talent_written"][0]["message"] == "来我们直播间。"
    assert data["talent_job_posts"][0]["text"] == job.text
    assert ContactRequest.objects.get().called not in str(data["talent_written"])
