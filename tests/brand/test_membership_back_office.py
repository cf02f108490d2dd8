"""The review of an application in the back office: who may, what is shown, one of two decides."""

import pytest
from django.test import Client
from django.urls import reverse

from brand.members.representatives import acts_for
from brand.membership.reviewing import return_application
from brand.membership.submitting import submit_application
from brand.models import Member, MembershipApplication, Representative
from tests.factories.accounts import UserFactory, person
from tests.factories.brand import MemberFactory
from tests.factories.membership import NOW, complete, sent
from tests.factories.pages import county

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lucheng():
    return county()


@pytest.fixture
def officer():
    return person("brand_officer")


@pytest.fixture
def client(officer):
    browser = Client()
    browser.force_login(officer)
    return browser


def url(application, act: str = "review") -> str:
    return reverse(f"brand-applications:{act}", args=[application.pk])


def act(client, application, what, **fields):
    return client.post(url(application, what), {"seen": application.version} | fields, follow=True)


def test_the_list_has_what_was_sent_off_and_no_drafts(client) -> None:
    sent()
    complete(applicant=UserFactory(), name="还在写的合作社")
    page = client.get(reverse("brand-applications:index")).content.decode()
    assert "店上大葱专业合作社" in page and "RH-2026-0001" in page
    assert "还在写的合作社" not in page


def test_a_draft_is_nobodys_business(client) -> None:
    draft = complete()
    assert client.get(url(draft)).status_code == 404
    paper = reverse("brand-applications:paper", args=[draft.papers.get().pk])
    assert client.get(paper).status_code == 404


@pytest.mark.parametrize("role", ["trace_operator", "editor", "member"])
def test_other_roles_see_and_decide_nothing(role) -> None:
    application = sent()
    browser = Client()
    browser.force_login(person(role))
    paper = reverse("brand-applications:paper", args=[application.papers.get().pk])
    for address in (url(application), paper, reverse("brand-applications:index")):
        assert browser.get(address).status_code in {302, 403}
    browser.post(url(application, "approve"), {"seen": application.version, "slug": "x"})
    application.refresh_from_db()
    assert application.state == "submitted" and not Member.objects.exists()


def test_the_page_shows_fields_papers_checks_and_the_trail(client) -> None:
    application = sent()
    page = client.get(url(application)).content.decode()
    for text in ["店上大葱专业合作社", "王拴柱", "执照.pdf", "校验位对得上", "用验证码确认过", "提交"]:
        assert text in page
    answer = client.get(reverse("brand-applications:paper", args=[application.papers.get().pk]))
    assert answer["Content-Disposition"].startswith("attachment") and "no-store" in answer["Cache-Control"]


def test_remarks_are_written_beside_fields_and_changes_shown_later(client, officer) -> None:
    application = sent()
    done = act(client, application, "return", **{"remark-address": "写到门牌。", "note": ""})
    assert done.redirect_chain and "退回了" in done.content.decode()
    application.refresh_from_db()
    assert application.remarks == {"address": "写到门牌。"}
    MembershipApplication.objects.filter(pk=application.pk).update(address="店上村 12 号")
    application.refresh_from_db()
    submit_application(application=application, by=application.applicant, at=NOW)
    page = client.get(url(application)).content.decode()
    assert "退回后改过" in page and "潞城区店上镇店上村" in page


def test_approval_by_hand_of_the_suggested_address(client) -> None:
    application = sent()
    assert 'value="dianshangdacong"' in client.get(url(application)).content.decode()
    act(client, application, "approve", slug="dianshang")
    assert acts_for(application.applicant, Member.objects.get(slug="dianshang"))
    assert client.get("/brand/members/dianshang/").status_code == 200


def test_two_officers_the_second_is_told_and_keeps_the_words(client, officer) -> None:
    application = sent()
    return_application(
        application=application,
        seen=application.version,
        remarks={"name": "一"},
        note="",
        by=person("brand_officer"),
        at=NOW,
    )
    late = act(client, application, "refuse", reason="地不在潞城，说了半天。")
    page = late.content.decode()
    assert late.status_code == 400 and "刚才有人定了" in page and "地不在潞城，说了半天。" in page
    application.refresh_from_db()
    assert application.state == "returned" and application.reason == ""


def test_an_officer_sees_why_their_own_company_is_not_theirs_to_decide(client, officer) -> None:
    application = sent(applicant=officer)
    page = client.get(url(application)).content.decode()
    assert "要由别人来定" in page and url(application, "approve") not in page
    refused = act(client, application, "approve", slug="own")
    assert refused.status_code == 400 and "要由别人来定" in refused.content.decode()
    assert not Member.objects.exists()


def test_a_reload_of_an_act_leads_to_the_page(client) -> None:
    application = sent()
    for what in ("return", "approve", "refuse", "note"):
        assert client.get(url(application, what))["Location"] == url(application)
    assert client.post(url(application)).status_code == 405


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ("approve", {"slug": "带空格 的"}),
        ("approve", {"slug": ""}),
        ("refuse", {"reason": ""}),
        ("return", {"note": ""}),
        ("approve", {"seen": "x", "slug": "a"}),
        ("return", {"remark-address": "x" * 301}),
    ],
)
def test_odd_input_decides_nothing(client, what, fields) -> None:
    application = sent()
    assert act(client, application, what, **fields).status_code == 400
    application.refresh_from_db()
    assert application.state == "submitted" and not Member.objects.exists()


def test_notes_are_for_officers_only(client) -> None:
    application = sent()
    act(client, application, "note", text="打过电话，周三去看地。")
    assert "打过电话" in client.get(url(application)).content.decode()
    mine = Client()
    mine.force_login(application.applicant)
    assert "打过电话" not in mine.get(f"/brand/join/{application.pk}/").content.decode()


def test_people_are_let_act_by_their_sign_in_name(client, officer) -> None:
    member, user = MemberFactory(), UserFactory(email="wang@example.org")
    add = reverse("brand-representatives:add")
    assert client.post(add, {"member": member.pk, "login": "WANG@example.org "}).status_code == 302
    assert acts_for(user, member)
    for login in ("nobody@example.org", "wang@example.org", officer.email):
        assert client.post(add, {"member": member.pk, "login": login}).status_code == 200
    assert Representative.objects.count() == 1
    tie = Representative.objects.get()
    assert "李红" in client.get(reverse("brand-representatives:index")).content.decode()
    client.post(reverse("brand-representatives:delete", args=[tie.pk]))
    assert not acts_for(user, member)
