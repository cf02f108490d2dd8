"""The pages of the talent pool: what each of the three sees, and what nobody sees."""

import json
import re

import pytest
from django.utils import timezone

from brand.models import Licence
from changes.models import Change
from config.pagecache import cache_key
from tests.factories.accounts import person
from tests.factories.brand import LicenceFactory, MemberFactory, RepresentativeFactory
from tests.factories.pages import county, course, open_training
from tests.factories.training import EnrolmentFactory, JobPostFactory, TalentFactory, TraineeFactory
from training.models import ContactRequest, Enrolment, JobPost, Talent, TalentConsent, TalentLook
from training.talent import agreement, contacting

ME = "/training/me/talent/"
PEOPLE = "/training/talent/people/"
JOBS = "/training/talent/jobs/"
PROFILE = {
    "headline": "会直播也会打包", "abilities": ["live_selling", "packing"], "interests": ["pictures"],
    "hours": "part", "reach": "county", "place": "张家河村", "pay_from": "3000", "pay_to": "4500",
    "phone": "138 0000 1234", "about": "在合作社播过两季。",
}  # fmt: skip
AGREED = {"agreed": "on", "version": agreement.VERSION}
POST = {
    "title": "找一个会直播的人", "work": "live_selling", "hours": "part", "place": "张家河村", "people": "2",
    "pay_from": "3000", "pay_to": "4000", "text": "每周三个晚上。",
}  # fmt: skip


@pytest.fixture
def region(db):
    region = county()
    open_training(region)
    return region


@pytest.fixture
def trainee(region):
    page = course(region.site.root_page.get_children().get(slug="training"), "live", kind="live")
    trainee = TraineeFactory(name="常小满", region=region)
    state = {"state": Enrolment.State.COMPLETED, "completed_at": timezone.now()}
    EnrolmentFactory(trainee=trainee, course=page, **state)
    return trainee


@pytest.fixture
def talent(trainee, region):
    now = timezone.now()
    return TalentFactory(trainee=trainee, region=region, joined_at=now, changed_at=now)


@pytest.fixture
def tie(region):
    return RepresentativeFactory(member=MemberFactory(region=region))


@pytest.fixture
def at_mine(client, trainee):
    client.force_login(trainee.user)
    return client


@pytest.fixture
def at_work(client, tie):
    client.force_login(tie.user)
    return client


def day(days):
    return (timezone.localdate() + timezone.timedelta(days=days)).isoformat()


# --- the trainee ----------------------------------------------------------------------------------


def test_a_trainee_joins_is_shown_what_members_read_and_leaves(at_mine, trainee):
    assert 'id="join-talent"' in at_mine.get(ME).content.decode()
    page = at_mine.get(f"{ME}join/").content.decode()
    assert "checked" not in re.search(r'<input[^>]*name="agreed"[^>]*>', page).group()
    assert at_mine.post(f"{ME}join/", {**PROFILE, **AGREED}).url == ME
    assert Talent.objects.get().phone == "+8613800001234"
    page = at_mine.get(ME).content.decode()
    assert 'id="talent-profile"' in page and PROFILE["headline"] in page
    assert at_mine.post(f"{ME}leave/").url == ME
    assert not Talent.objects.exists() and 'id="talent-out"' in at_mine.get(ME).content.decode()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"agreed": ""}, "agreed"),
        ({"pay_from": "5000", "pay_to": "3000"}, "__all__"),
        ({"pay_from": "900000"}, "pay_from"),
        ({"phone": "1380000"}, "phone"),
        ({"about": "电话 138 0000 1234"}, "about"),
        ({"about": "好" * 10_000}, "about"),
        ({"abilities": []}, "abilities"),
        ({"abilities": ["flying"]}, "abilities"),
        ({"available_from": "2026-13-40"}, "available_from"),
        ({"headline": "\x00"}, "headline"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(at_mine, wrong, field):
    response = at_mine.post(f"{ME}join/", {**PROFILE, **AGREED, **wrong})
    assert response.status_code == 400 and field in response.context["form"].errors
    assert not Talent.objects.exists() and not TalentConsent.objects.exists()


def test_who_finished_nothing_is_led_to_the_courses(client, region):
    client.force_login(TraineeFactory().user)
    page = client.get(ME).content.decode()
    assert 'id="join-talent"' not in page and "/training/" in page
    assert client.post(f"{ME}join/", {**PROFILE, **AGREED}).status_code == 302
    assert not Talent.objects.exists()


def test_the_profile_is_changed_and_keeps_its_consent(at_mine, talent):
    at_mine.post(f"{ME}change/", {**PROFILE, "headline": "只做直播", "abilities": ["live_selling"]})
    changed = Talent.objects.get()
    assert (changed.headline, changed.consent_id) == ("只做直播", talent.consent_id)


def test_a_request_is_answered_on_its_page(at_mine, talent, tie):
    request = contacting.ask(
        talent_pk=talent.pk, member=tie.member, by=tie.user, message="来我们直播间。", at=timezone.now()
    )
    page = at_mine.get(f"{ME}requests/{request.pk}/").content.decode()
    assert "来我们直播间。" in page and tie.member.name in page
    at_mine.post(f"{ME}requests/{request.pk}/", {"do": "accept", "answer": "可以"})
    request.refresh_from_db()
    assert (request.state, request.answer) == ("accepted", "可以")
    at_mine.post(f"{ME}requests/{request.pk}/", {"do": "take_back"})
    request.refresh_from_db()
    assert request.state == "declined"


def test_requests_of_others_are_not_there(client, talent, tie):
    request = contacting.ask(
        talent_pk=talent.pk, member=tie.member, by=tie.user, message="来我们直播间。", at=timezone.now()
    )
    client.force_login(TraineeFactory().user)
    assert client.get(f"{ME}requests/{request.pk}/").status_code == 404
    assert client.post(f"{ME}requests/{request.pk}/", {"do": "accept"}).status_code == 404
    request.refresh_from_db()
    assert request.state == "open"


def test_the_trainee_reads_who_looked(at_mine, talent, tie):
    TalentLook.objects.create(trainee=talent.trainee, member=tie.member, day="2026-11-23", at=timezone.now())
    assert tie.member.name in at_mine.get(ME).content.decode()
    assert tie.member.name in at_mine.get(f"{ME}looks/").content.decode()


def test_deleting_everything(at_mine, talent):
    assert at_mine.get(f"{ME}forget/").status_code == 200 and Talent.objects.exists()
    at_mine.post(f"{ME}forget/")
    assert not Talent.objects.exists() and not TalentConsent.objects.exists()


def test_the_trainees_desk_and_the_list_of_courses_lead_there(client, trainee):
    assert JOBS in client.get("/training/").content.decode()
    client.force_login(trainee.user)
    assert ME in client.get("/training/me/").content.decode()


# --- the member -----------------------------------------------------------------------------------


def test_a_member_finds_people_without_name_or_number(at_work, talent):
    page = at_work.get(PEOPLE).content.decode()
    assert talent.headline in page and "常小满" not in page and talent.phone not in page
    page = at_work.get(f"{PEOPLE}{talent.pk}/").content.decode()
    assert "常小满" not in page and "13800001234" not in page
    assert TalentLook.objects.get().trainee == talent.trainee


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("work=live_selling", True), ("work=driving", False), ("work=pictures", False),
        ("work=pictures&interest=yes", True), ("hours=part", True), ("hours=full", False),
        ("reach=county", True), ("place=张家河", True), ("place=台东", False), ("pay=2999", False),
        ("pay=3000", True), ("by=2026-01-01", True), ("proven=yes", False), ("work=nothing&pay=x&by=y", True),
        ("place=%00", True), ("pay=999999999999999999999", True),
    ],
)  # fmt: skip
def test_the_search_narrows(at_work, talent, query, found):
    response = at_work.get(f"{PEOPLE}?{query}")
    assert (talent.headline in response.content.decode()) is found


def test_asking_and_the_number_after_a_yes(at_work, talent, tie):
    response = at_work.post(f"{PEOPLE}{talent.pk}/ask/", {"message": "十二月起，来我们直播间好吗？"})
    request = ContactRequest.objects.get()
    assert response.url == f"/training/talent/asked/{request.pk}/"
    assert "13800001234" not in at_work.get(response.url).content.decode()
    contacting.accept(request=request, trainee=talent.trainee, at=timezone.now())
    page = at_work.get(response.url).content.decode()
    assert 'id="talent-contact"' in page and "常小满" in page and "13800001234" in page
    contacting.take_back(request=request, trainee=talent.trainee, at=timezone.now())
    assert "13800001234" not in at_work.get(response.url).content.decode()


@pytest.mark.parametrize("message", ["", "你好", "好" * 10_000])
def test_a_message_of_nothing_or_of_ten_thousand_signs_is_not_sent(at_work, talent, message):
    response = at_work.post(f"{PEOPLE}{talent.pk}/ask/", {"message": message})
    assert response.status_code == 400 and "message" in response.context["form"].errors
    assert not ContactRequest.objects.exists()


def test_what_was_typed_stays_when_the_person_left_meanwhile(at_work, talent):
    pk = talent.pk
    Talent.objects.all().delete()
    response = at_work.post(f"{PEOPLE}{pk}/ask/", {"message": "十二月起，来我们直播间好吗？"})
    assert response.status_code == 400 and "十二月起，来我们直播间好吗？" in response.content.decode()
    assert at_work.get(f"{PEOPLE}{pk}/").status_code == 404


def test_a_member_suspended_between_search_and_request_reads_why_and_keeps_the_words(at_work, talent, tie):
    assert at_work.get(PEOPLE).status_code == 200
    LicenceFactory(member=tie.member, state=Licence.State.SUSPENDED)
    response = at_work.post(f"{PEOPLE}{talent.pk}/ask/", {"message": "十二月起，来我们直播间好吗？"})
    page = response.content.decode()
    assert response.status_code == 403 and "十二月起" in page and talent.headline not in page
    assert not ContactRequest.objects.exists()


def test_nobody_else_gets_in(client, talent):
    for path in (PEOPLE, f"{PEOPLE}{talent.pk}/", "/training/talent/asked/", "/training/talent/our-jobs/"):
        assert "/login/" in client.get(path)["Location"]
    client.force_login(talent.trainee.user)
    for path in (PEOPLE, f"{PEOPLE}{talent.pk}/", "/training/talent/asked/", "/training/talent/our-jobs/"):
        response = client.get(path)
        assert response.status_code == 403 and talent.headline not in response.content.decode()
    assert not TalentLook.objects.exists()


def test_requests_and_posts_of_another_member_are_not_there(at_work, talent, region):
    other = RepresentativeFactory(member=MemberFactory(region=region))
    request = contacting.ask(
        talent_pk=talent.pk, member=other.member, by=other.user, message="来。", at=timezone.now()
    )
    job = JobPostFactory(member=other.member)
    assert at_work.get(f"/training/talent/asked/{request.pk}/").status_code == 404
    for act in ("", "change/", "close/"):
        assert at_work.post(f"/training/talent/our-jobs/{job.pk}/{act}").status_code in {404, 405}
    job.refresh_from_db()
    assert job.state == JobPost.State.APPROVED


def test_personal_pages_are_kept_nowhere(at_work, talent):
    for path in (PEOPLE, f"{PEOPLE}{talent.pk}/"):
        assert "no-store" in at_work.get(path)["Cache-Control"]
    assert "no-store" in at_work.get(ME)["Cache-Control"]
    key = {"type": "http", "method": "GET", "headers": [], "query_string": b"", "path": JOBS}
    assert cache_key(key) is not None and cache_key({**key, "path": ME}) is None


# --- posts ----------------------------------------------------------------------------------------


@pytest.fixture
def officer(region):
    return person("training_officer")


def test_a_post_is_public_after_an_officer_read_it(client, tie, officer):
    client.force_login(tie.user)
    client.post("/training/talent/our-jobs/new/", {**POST, "until": day(30)})
    job = JobPost.objects.get()
    client.logout()
    assert client.get(f"{JOBS}{job.pk}/").status_code == 404
    assert job.title not in client.get(JOBS).content.decode()
    client.force_login(officer)
    before = Change.objects.count()
    assert client.post(f"/cms/training/jobs/{job.pk}/approve/").status_code == 302
    assert Change.objects.count() == before + 1
    client.logout()
    assert job.title in client.get(JOBS).content.decode()
    response = client.get(f"{JOBS}{job.pk}/")
    page = response.content.decode()
    posting = json.loads(
        re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page, re.S).group(1)
    )
    posting = (
        next(each for each in posting["@graph"] if each["@type"] == "JobPosting")
        if "@graph" in posting
        else posting
    )
    assert posting["validThrough"] == day(30) and posting["baseSalary"]["value"]["minValue"] == 3000
    assert not response.cookies and "csrfmiddlewaretoken" not in page


@pytest.mark.parametrize(
    "wrong",
    [{"until": day(-1)}, {"until": day(400)}, {"pay_from": "5000", "pay_to": "3000"}, {"people": "0"}],
)
def test_a_post_that_cannot_be_is_not_taken(at_work, tie, wrong):
    response = at_work.post("/training/talent/our-jobs/new/", {**POST, "until": day(30), **wrong})
    assert response.status_code == 400 and POST["text"] in response.content.decode()
    assert not JobPost.objects.exists()


def test_a_changed_post_is_read_by_the_office_again(at_work, tie):
    job = JobPostFactory(member=tie.member, until=day(30))
    at_work.post(
        f"/training/talent/our-jobs/{job.pk}/change/", {**POST, "title": "找两个人", "until": day(20)}
    )
    job.refresh_from_db()
    assert (job.title, job.state) == ("找两个人", JobPost.State.SENT)


def test_a_post_past_its_day_says_so_and_one_of_a_suspended_member_is_gone(client, tie):
    past = JobPostFactory(member=tie.member, until=day(-1))
    now = JobPostFactory(member=tie.member, until=day(9), title="还在招")
    assert "me/talent/apply" not in client.get(f"{JOBS}{past.pk}/").content.decode()
    assert "还在招" in client.get(JOBS).content.decode()
    LicenceFactory(member=tie.member, state=Licence.State.SUSPENDED)
    assert "还在招" not in client.get(JOBS).content.decode()
    assert client.get(f"{JOBS}{now.pk}/").status_code == 404


def test_applying_shows_the_number_to_that_member_and_taking_back_hides_it(client, talent, tie):
    job = JobPostFactory(member=tie.member, until=day(9))
    client.force_login(talent.trainee.user)
    client.post(f"{ME}apply/{job.pk}/", {"words": "我离得近"})
    application = job.applications.get()
    client.force_login(tie.user)
    page = client.get(f"/training/talent/our-jobs/{job.pk}/").content.decode()
    assert "常小满" in page and "13800001234" in page and "我离得近" in page
    client.post(f"/training/talent/applied/{application.pk}/", {"do": "want", "answer": "周五来"})
    application.refresh_from_db()
    assert application.state == "wanted"
    client.force_login(talent.trainee.user)
    client.post(f"{ME}applications/{application.pk}/back/")
    client.force_login(tie.user)
    page = client.get(f"/training/talent/our-jobs/{job.pk}/").content.decode()
    assert "常小满" not in page and "13800001234" not in page


def test_who_applies_without_a_profile_is_led_to_one(at_mine, tie):
    job = JobPostFactory(member=tie.member, until=day(9))
    assert at_mine.post(f"{ME}apply/{job.pk}/", {"words": "x"}).url == ME
    assert not job.applications.exists()


# --- the office -----------------------------------------------------------------------------------


def test_the_office_reads_a_profile_and_the_trainee_reads_that(client, talent, officer):
    client.force_login(officer)
    assert client.get("/cms/training/talent/").status_code == 200
    assert talent.headline in client.get(f"/cms/training/talent/{talent.pk}/").content.decode()
    assert TalentLook.objects.get().member is None
    response = client.post(f"/cms/training/talent/{talent.pk}/take_out/", {"take_out-why": "写了别人的名字"})
    assert response.status_code == 302 and not Talent.objects.exists()
    client.force_login(talent.trainee.user)
    assert "写了别人的名字" in client.get(ME).content.decode()


def test_the_office_closes_the_pool_to_a_member_and_opens_it_again(client, talent, tie, officer):
    client.force_login(officer)
    response = client.post("/cms/training/bars/new/", {"member": tie.member.pk, "why": "拿号码卖保险"})
    assert response.status_code == 302, response.content.decode()[:500]
    client.force_login(tie.user)
    page = client.get(PEOPLE)
    assert page.status_code == 403 and "拿号码卖保险" in page.content.decode()
    client.force_login(officer)
    bar = tie.member.talent_bar
    assert client.post(f"/cms/training/bars/delete/{bar.pk}/").status_code == 302
    client.force_login(tie.user)
    assert client.get(PEOPLE).status_code == 200


def test_the_lists_of_the_office_open_and_teachers_have_none(client, talent, tie, officer):
    JobPostFactory(member=tie.member)
    contacting.ask(talent_pk=talent.pk, member=tie.member, by=tie.user, message="来。", at=timezone.now())
    lists = [f"/cms/training/{name}/" for name in ("talent", "jobs", "contacts", "bars")]
    client.force_login(officer)
    assert [client.get(path).status_code for path in lists] == [200] * 4
    client.force_login(person("teacher"))
    assert all(client.get(path).status_code in {302, 403} for path in lists)
    assert client.get(f"/cms/training/talent/{talent.pk}/").status_code in {302, 403}


# --- how much it costs ----------------------------------------------------------------------------


def test_lists_cost_the_same_however_long_they_are(at_work, region, tie, django_assert_max_num_queries):
    for _ in range(13):
        TalentFactory(region=region)
        JobPostFactory(member=tie.member, until=day(9))
    at_work.get(PEOPLE)
    with django_assert_max_num_queries(16):
        at_work.get(PEOPLE)
    at_work.logout()
    at_work.get(JOBS)
    with django_assert_max_num_queries(8):
        at_work.get(JOBS)


def test_the_pages_of_one_person_stay_bounded(client, talent, tie, django_assert_max_num_queries):
    for _ in range(8):
        JobPostFactory(member=tie.member, until=day(9))
    client.force_login(talent.trainee.user)
    client.get(ME)
    with django_assert_max_num_queries(24):
        client.get(ME)
    client.force_login(tie.user)
    job = JobPost.objects.first()
    client.get(f"/training/talent/our-jobs/{job.pk}/")
    with django_assert_max_num_queries(20):
        client.get(f"/training/talent/our-jobs/{job.pk}/")
