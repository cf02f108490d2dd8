"""The talent pool in the back office: an officer's own county, and what is written down of a look."""

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import GroupPagePermission

from notices.models import Notice
from tests.factories.accounts import UserFactory, person
from tests.factories.brand import MemberFactory, RepresentativeFactory
from tests.factories.pages import county, open_training
from tests.factories.training import JobPostFactory, TalentFactory, TraineeFactory
from training.models import ContactRequest, EmployerBar, JobPost, Talent, TalentLook

DESK = "/cms/training"


@pytest.fixture
def here(db):
    region = county()
    open_training(region)
    return region


@pytest.fixture
def there(here):
    region = county("daning", default=False, name="大宁")
    open_training(region)
    return region


@pytest.fixture
def officer(client, here, there):
    """Somebody who looks after one county alone, signed in."""
    role = Group.objects.get(role__slug="training_officer")
    group = Group.objects.create(name="潞城培训")
    group.permissions.set(role.permissions.all())
    pages = here.site.root_page.get_children()
    for right in GroupPagePermission.objects.filter(group=role, page__in=pages):
        GroupPagePermission.objects.create(group=group, page=right.page, permission=right.permission)
    user = UserFactory()
    user.groups.add(group)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return user


def things(region, name):
    """Return a person, a member, a post, a request and a bar of a county."""
    now = timezone.now()
    talent = TalentFactory(trainee=TraineeFactory(name=name), region=region, headline=f"{region.name}的人")
    member = MemberFactory(region=region, name=f"{region.name}合作社")
    job = JobPostFactory(member=member, title=f"{region.name}招人", state=JobPost.State.SENT)
    ContactRequest.objects.create(
        trainee=talent.trainee, member=member, called="问", message="来。", asked_at=now
    )
    bar = EmployerBar.objects.create(member=member, why="拿号码卖保险", at=now)
    return talent, member, job, bar


def test_an_officer_of_one_county_reads_and_acts_on_that_one_alone(client, officer, here, there):
    talent, _member, job, bar = things(here, "常小满")
    theirs, _their_member, their_job, their_bar = things(there, "韩大宁")
    for name in ("talent", "jobs", "contacts", "bars"):
        table = client.get(f"{DESK}/{name}/results/").content.decode()
        assert here.name in table and f"{there.name}的" not in table, name
        assert f"{there.name}招人" not in table and f"{there.name}合作社" not in table, name
    assert client.get(f"{DESK}/talent/{talent.pk}/").status_code == 200
    assert client.get(f"{DESK}/jobs/{job.pk}/").status_code == 200
    assert client.get(f"{DESK}/bars/delete/{bar.pk}/").status_code == 200
    for path in (f"talent/{theirs.pk}/", f"jobs/{their_job.pk}/", f"bars/delete/{their_bar.pk}/"):
        assert client.get(f"{DESK}/{path}").status_code == 404, path
    why = {"take_out-why": "x", "send_back-why": "x"}
    for path in (
        f"talent/{theirs.pk}/take_out/", f"jobs/{their_job.pk}/approve/", f"jobs/{their_job.pk}/send_back/",
        f"bars/delete/{their_bar.pk}/",
    ):  # fmt: skip
        assert client.post(f"{DESK}/{path}", why).status_code == 404, path
    for name in ("history", "usage"):
        assert client.get(f"{DESK}/bars/{name}/{their_bar.pk}/").status_code == 404, name
    their_job.refresh_from_db()
    assert their_job.state == JobPost.State.SENT and Talent.objects.filter(pk=theirs.pk).exists()
    assert EmployerBar.objects.filter(pk=their_bar.pk).exists() and not TalentLook.objects.filter(
        trainee=theirs.trainee
    )


def test_the_pool_is_closed_to_members_of_ones_own_county_alone(client, officer, here, there):
    mine, theirs = MemberFactory(region=here), MemberFactory(region=there, name="大宁合作社")
    assert theirs.name not in client.get(f"{DESK}/bars/new/").content.decode()
    response = client.post(f"{DESK}/bars/new/", {"member": theirs.pk, "why": "拿号码卖保险"})
    assert response.status_code == 200 and not EmployerBar.objects.exists()
    client.post(f"{DESK}/bars/new/", {"member": mine.pk, "why": "拿号码卖保险"})
    assert EmployerBar.objects.get().member == mine


def test_a_list_shows_no_whole_name_and_finds_nobody_by_it(client, officer, here):
    talent = TalentFactory(trainee=TraineeFactory(name="常小满"), region=here)
    table = client.get(f"{DESK}/talent/results/").content.decode()
    assert "常小满" not in table and talent.called in table and f"{DESK}/talent/{talent.pk}/" in table
    assert talent.headline in client.get(f"{DESK}/talent/results/?q=直播").content.decode()
    assert talent.headline not in client.get(f"{DESK}/talent/results/?q=小满").content.decode()


def test_a_refused_act_that_shows_the_profile_is_a_look_as_well(client, officer, here):
    talent = TalentFactory(region=here)
    assert client.post(f"{DESK}/talent/{talent.pk}/take_out/", {"take_out-why": ""}).status_code == 400
    look = TalentLook.objects.get()
    assert (look.trainee, look.member, look.by) == (talent.trainee, None, officer)


def test_an_officer_does_not_open_the_pool_to_their_own_company(client, officer, here):
    member = RepresentativeFactory(member=MemberFactory(region=here), user=officer).member
    bar = EmployerBar.objects.create(member=member, why="拿号码卖保险", at=timezone.now())
    response = client.post(f"{DESK}/bars/delete/{bar.pk}/", follow=True)
    assert response.status_code == 200 and EmployerBar.objects.filter(pk=bar.pk).exists()
    assert "own company" in response.content.decode() or "自己" in response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_who_is_taken_out_is_told_why(client, here):
    client.force_login(person("training_officer"))
    talent = TalentFactory(region=here)
    user = talent.trainee.user
    client.post(f"{DESK}/talent/{talent.pk}/take_out/", {"take_out-why": "写了别人的名字"})
    told = Notice.objects.get(kind="talent_taken_out", user=user, channel="site")
    assert "写了别人的名字" in told.text and not Talent.objects.exists()
