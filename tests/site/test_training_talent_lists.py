"""Who acts for two members acts for the one they see; who has many applications reaches the live ones."""

import pytest
from django.utils import timezone

from brand.models import Licence
from tests.factories.brand import LicenceFactory, MemberFactory, RepresentativeFactory
from tests.factories.pages import county, open_training
from tests.factories.training import JobPostFactory, TalentFactory
from training.models import ContactRequest, JobApplication, JobPost

ME = "/training/me/talent/"
PEOPLE = "/training/talent/people/"
OURS = "/training/talent/our-jobs/"


@pytest.fixture
def region(db):
    region = county()
    open_training(region)
    return region


@pytest.fixture
def talent(region):
    now = timezone.now()
    return TalentFactory(region=region, joined_at=now, changed_at=now)


@pytest.fixture
def tie(region):
    return RepresentativeFactory(member=MemberFactory(region=region, name="小寨合作社"))


@pytest.fixture
def other(region, tie):
    """The second member of the same person."""
    return RepresentativeFactory(member=MemberFactory(region=region, name="大寨合作社"), user=tie.user).member


@pytest.fixture
def at_work(client, tie):
    client.force_login(tie.user)
    return client


def until():
    return timezone.localdate() + timezone.timedelta(days=9)


def test_a_form_says_for_whom_also_when_another_page_chose_another_member(at_work, talent, tie, other):
    job = JobPostFactory(member=tie.member, until=until())
    JobApplication.objects.create(job=job, trainee=talent.trainee, applied_at=timezone.now())
    hidden = f'<input type="hidden" name="acting_for" value="{tie.member.slug}">'
    for path in (f"{PEOPLE}{talent.pk}/ask/", f"{OURS}new/", f"{OURS}{job.pk}/change/", f"{OURS}{job.pk}/"):
        page = at_work.get(f"{path}?acting_for={tie.member.slug}").content.decode()
        forms = page[page.index("<main") :].count('method="post"')
        assert forms and page.count(hidden) == forms, path
    at_work.get(f"{PEOPLE}?acting_for={other.slug}")  # in another window
    facts = {"message": "十二月起，来我们直播间好吗？", "acting_for": tie.member.slug}
    at_work.post(f"{PEOPLE}{talent.pk}/ask/", facts)
    assert ContactRequest.objects.get().member == tie.member


def test_who_is_shut_out_for_one_member_can_go_on_for_the_other(at_work, talent, tie, other):
    LicenceFactory(member=tie.member, state=Licence.State.SUSPENDED)
    response = at_work.get(f"{PEOPLE}?acting_for={tie.member.slug}")
    way = f"{PEOPLE}?acting_for={other.slug}"
    assert response.status_code == 403 and way in response.content.decode()
    assert at_work.get(way).status_code == 200


def applications(talent, tie, many):
    """The oldest is live, the others were declined."""
    for number in range(many):
        JobApplication.objects.create(
            job=JobPostFactory(member=tie.member, until=until(), title=f"第{number}份活"),
            trainee=talent.trainee, answered_at=timezone.now(),
            applied_at=timezone.now() + timezone.timedelta(minutes=number),
            state=JobApplication.State.DECLINED if number else JobApplication.State.SENT,
        )  # fmt: skip


def test_an_old_live_application_can_be_taken_back_and_all_can_be_read(client, talent, tie):
    applications(talent, tie, 22)
    client.force_login(talent.trainee.user)
    page = client.get(ME).content.decode()
    live = JobApplication.objects.get(state="sent")
    assert f"applications/{live.pk}/back/" in page and "page=2" in page
    assert "第1份活" in client.get(f"{ME}?page=2").content.decode()


def test_who_applied_comes_in_pages_live_ones_first(at_work, region, tie, django_assert_max_num_queries):
    job, now = JobPostFactory(member=tie.member, until=until()), timezone.now()
    for number in range(22):
        talent = TalentFactory(region=region, joined_at=now, changed_at=now)
        JobApplication.objects.create(
            job=job, trainee=talent.trainee, applied_at=now + timezone.timedelta(minutes=number),
            called=f"第{number}个", state="declined" if number else "sent", answered_at=now,
        )  # fmt: skip
    live = JobApplication.objects.get(state="sent")
    at_work.get(f"{OURS}{job.pk}/")
    with django_assert_max_num_queries(20):
        page = at_work.get(f"{OURS}{job.pk}/").content.decode()
    assert f"applied/{live.pk}/" in page and "第1个" not in page and "page=2" in page
    assert "第1个" in at_work.get(f"{OURS}{job.pk}/?page=2").content.decode()
    assert JobPost.objects.get().state == "approved"
