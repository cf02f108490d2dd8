"""Applying for membership on the site: nothing typed or added is ever lost, nobody else sees it."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from brand.membership.models import MembershipApplication
from brand.membership.reviewing import refuse_application, return_application
from notices.gateways import memory
from tests.factories.accounts import UserFactory, person
from tests.factories.membership import NOW, WORDS, begun, complete, pdf, photo, sent
from tests.factories.pages import add, brand_page, county

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lucheng():
    memory.outbox.clear()
    return county()


@pytest.fixture
def user():
    return UserFactory(phone="138 0000 1234")


@pytest.fixture
def client(user):
    browser = Client()
    browser.force_login(user)
    return browser


def url(application, tail: str = "") -> str:
    return f"/brand/join/{application.pk}/{tail}"


def press(client, application, do="save", version=None, **fields):
    """Send the form as a browser does: every field, the version it was opened with, the button."""
    application.refresh_from_db()
    values = {name: getattr(application, name) or "" for name in WORDS} | fields
    data = {name: value for name, value in values.items() if value is not False and value is not None}
    return client.post(url(application), {**data, "version": version or application.version, "do": do})


def test_everybody_reads_how_to_join_and_the_page_can_be_kept(lucheng) -> None:
    from cms.models import StandardPage

    add(brand_page(lucheng), StandardPage(title="怎么入会", slug="join", intro="一共四步。"))
    answer = Client().get("/brand/join/")
    page = answer.content.decode()
    assert "怎么入会" in page and "一共四步。" in page and reverse("association:applications") in page
    assert not answer.cookies and "csrf" not in page.lower()


def test_without_a_page_of_the_editors_there_is_one_all_the_same() -> None:
    assert Client().get("/brand/join/").status_code == 200
    assert Client().get("/en/brand/join/").status_code == 200


@pytest.mark.parametrize("path", ["mine/", "1/", "papers/1/", "1/withdraw/"])
def test_who_is_signed_out_is_led_to_sign_in(path) -> None:
    answer = Client().get(f"/brand/join/{path}")
    assert answer.status_code == 302 and "/accounts/login/" in answer["Location"]
    assert "no-store" in answer["Cache-Control"]


def test_nobody_sees_the_application_of_somebody_else(client) -> None:
    other = complete(applicant=UserFactory())
    paper = other.papers.get()
    tails = ["", "autosave/", "withdraw/", "delete/", "again/"]
    for address in [*(url(other, tail) for tail in tails), f"/brand/join/papers/{paper.pk}/"]:
        assert client.get(address).status_code == 404
        assert client.post(address, {"do": "submit"}).status_code in {404, 405}
    assert MembershipApplication.objects.get(pk=other.pk).state == "draft"


def test_an_application_is_begun_and_goes_on_another_day(client, user) -> None:
    answer = client.post("/brand/join/mine/")
    application = MembershipApplication.objects.get(applicant=user)
    assert answer["Location"] == url(application)
    page = client.get(url(application))
    assert "no-store" in page["Cache-Control"] and "138 0000 1234" in page.content.decode()
    press(client, application, name="店上合作社", credit_code="9314 0406-ma xxxx 0154")
    application.refresh_from_db()
    assert (application.name, application.credit_code) == ("店上合作社", "93140406MAXXXX0154")
    assert "店上合作社" in client.get("/brand/join/mine/").content.decode()


def test_a_wrong_code_is_said_at_once_and_kept(client, user) -> None:
    application = begun(applicant=user)
    press(client, application, credit_code="93140406MAXXXX0155")
    page = client.get(url(application)).content.decode()
    assert "93140406MAXXXX0155" in page and "抄错" in page


def test_papers_stay_when_something_else_is_wrong(client, user) -> None:
    application = begun(applicant=user)
    files = {"paper-licence": [pdf(), photo()], "paper-place": pdf("合同.pdf", b"no pdf")}
    answer = press(client, application, "submit", **files, town="x" * 41)
    page = answer.content.decode()
    assert answer.status_code == 400 and "合同.pdf" in page and "x" * 41 in page
    assert {paper.name for paper in application.papers.all()} == {"执照.pdf", "执照.jpg"}
    application.refresh_from_db()
    assert application.state == "draft" and application.town == ""


def test_a_paper_is_handed_out_to_its_owner_as_a_file_and_removed(client, user) -> None:
    application = complete(applicant=user)
    paper = application.papers.get()
    answer = client.get(f"/brand/join/papers/{paper.pk}/")
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert answer["Content-Disposition"].startswith("attachment") and "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    for junk in ("remove:0", "remove:x", f"remove:{paper.pk}", f"remove:{paper.pk}"):
        assert press(client, application, junk).status_code == 302
    assert not application.papers.exists()


def test_the_number_is_confirmed_by_the_code_from_the_sms(client, user) -> None:
    application = begun(applicant=user)
    press(client, application, "code", contact_phone="139 0000 4321")
    code = memory.outbox[-1].params["code"]
    wrong = press(client, application, "confirm", code=f"{(int(code) + 1) % 1_000_000:06d}")
    assert wrong.status_code == 400 and 'id="code-error"' in wrong.content.decode()
    again = press(client, application, "code")
    assert again.status_code == 400 and "秒" in again.content.decode()
    press(client, application, "confirm", code=code)
    application.refresh_from_db()
    assert application.confirmed_phone == "+8613900004321"


def test_what_is_missing_stands_beside_its_field_and_the_text_stays(client, user) -> None:
    application = begun(applicant=user)
    answer = press(client, application, "submit", name="店上合作社")
    page = answer.content.decode()
    assert answer.status_code == 400 and "店上合作社" in page
    assert 'id="id_town_error"' in page and 'aria-invalid="true"' in page
    assert MembershipApplication.objects.get().state == "draft"


def test_a_complete_application_is_sent_off_once(client, user) -> None:
    application = complete(applicant=user)
    old = application.version
    assert press(client, application, "submit").status_code == 302
    page = client.get(url(application)).content.decode()
    assert "RH-" in page and "id_town" not in page
    late = press(client, application, "save", version=old, name="别的")
    assert late.status_code == 302
    application.refresh_from_db()
    assert application.state == "submitted" and application.name == WORDS["name"]


def test_two_windows_both_texts_are_shown_and_the_person_chooses(client, user) -> None:
    application = begun(applicant=user)
    opened = application.version
    press(client, application, name="甲", goods="大葱")
    lost = press(client, application, version=opened, name="乙", goods="", town="店上镇")
    page = lost.content.decode()
    assert lost.status_code == 409
    assert 'value="乙"' in page and "甲" in page and 'value="goods" checked' in page
    application.refresh_from_db()
    assert (application.name, application.town) == ("甲", "")
    press(client, application, name="乙", goods="", town="店上镇", take="goods")
    application.refresh_from_db()
    assert (application.name, application.goods, application.town) == ("乙", "大葱", "店上镇")


def test_typing_is_saved_by_itself_and_an_old_window_stops(client, user) -> None:
    application = begun(applicant=user)
    data = {"version": application.version, "name": "甲"}
    answer = client.post(url(application, "autosave/"), data)
    assert json.loads(answer.content)["version"] == 2
    late = client.post(url(application, "autosave/"), data | {"name": "乙"})
    assert late.status_code == 409 and json.loads(late.content)["message"]
    assert client.post(url(application, "autosave/"), {"name": "丙"}).status_code == 409
    application.refresh_from_db()
    assert application.name == "甲"


def test_remarks_stand_beside_their_fields(client, user) -> None:
    application = sent(applicant=user)
    return_application(
        application=application,
        seen=application.version,
        remarks={"address": "写到门牌。", "papers": "执照没拍全。"},
        note="就这两处。",
        by=person("brand_officer"),
        at=NOW,
    )
    page = client.get(url(application)).content.decode()
    assert page.index("写到门牌。") < page.index('id="id_address"') < page.index("执照没拍全。")
    assert "就这两处。" in page
    press(client, application, "submit", address="店上村 12 号")
    application.refresh_from_db()
    assert (application.state, application.address) == ("submitted", "店上村 12 号")


def test_taken_back_deleted_and_begun_again(client, user) -> None:
    application = sent(applicant=user)
    assert client.get(url(application, "withdraw/")).status_code == 302
    client.post(url(application, "delete/"))
    assert MembershipApplication.objects.get().state == "submitted"
    client.post(url(application, "withdraw/"))
    assert MembershipApplication.objects.get().state == "withdrawn"
    client.post(url(application, "again/"))
    new = MembershipApplication.objects.exclude(pk=application.pk).get()
    assert new.name == application.name
    client.post(url(new, "delete/"))
    assert MembershipApplication.objects.get() == application


def test_a_refusal_is_read_with_its_reason_and_no_names(client, user) -> None:
    application = sent(applicant=user)
    officer = person("brand_officer", last_name="郝", first_name="国平")
    refuse_application(
        application=application, seen=application.version, reason="地不在潞城。", by=officer, at=NOW
    )
    page = client.get(url(application)).content.decode()
    assert "地不在潞城。" in page and "郝国平" not in page


def test_the_form_takes_few_queries(client, user, django_assert_max_num_queries) -> None:
    application = complete(applicant=user)
    client.get(url(application))
    with django_assert_max_num_queries(12):
        client.get(url(application))
