"""Certificates: when they come, what they say, how they are checked, corrected and revoked."""

import json
import re
from datetime import UTC, datetime

import jwt
import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from jwt.algorithms import RSAAlgorithm

from brand.acts.models import acts_on
from notices.models import Notice
from tests.factories.accounts import UserFactory
from tests.factories.pages import county, course, training_index
from tests.factories.training import EnrolmentFactory, TraineeFactory
from training.certificates import check_views
from training.certificates.badges import badge_of, credential_of
from training.certificates.issuing import NotDue, NotValid, correct_name, revoke, settle
from training.certificates.numbers import SIGNS, canonical_number, is_misread, new_number
from training.certificates.settling import settle_course, settle_if_due
from training.certificates.tasks import settle_moved
from training.certificates.words import check_word
from training.models import BadgeKey, Certificate, CertificateTerms, Enrolment

AT = datetime(2026, 11, 23, 4, tzinfo=UTC)


@pytest.fixture
def enrolment(db):
    region = county()
    page = course(training_index(region), "photo", title="拍好一筐货", lessons=3)
    page.certificate, page.needs_exam, page.needs_class = True, False, False
    page.save()
    CertificateTerms.objects.create(region=region, signed_by="潞城区电商公共服务中心")
    trainee = TraineeFactory(name="王秀兰", region=region)
    return EnrolmentFactory(trainee=trainee, course=page)


@pytest.fixture
def learnt(monkeypatch):
    """Whether the lessons are watched, the exam is passed, a class was attended: as a test sets it."""
    facts = {"watched": True, "passed": True, "attended": True}
    monkeypatch.setattr("training.certificates.rules.watched_enough", lambda enrolment: facts["watched"])
    monkeypatch.setattr("training.certificates.rules.passed", lambda **_: facts["passed"])
    monkeypatch.setattr("training.certificates.rules.attended", lambda **_: facts["attended"])
    return facts


@pytest.fixture
def certificate(enrolment, learnt):
    return settle(enrolment, at=AT)


# --- when it comes --------------------------------------------------------------------------------


@pytest.mark.parametrize("left", ["watched", "passed", "attended"])
def test_nothing_is_issued_while_one_rule_does_not_hold(enrolment, learnt, left):
    enrolment.course.needs_exam = enrolment.course.needs_class = True
    enrolment.course.save()
    learnt[left] = False
    with pytest.raises(NotDue) as refused:
        settle(enrolment, at=AT)
    assert len(refused.value.missing) == 1
    enrolment.refresh_from_db()
    assert enrolment.state == Enrolment.State.LEARNING and not Certificate.objects.exists()


def test_a_rule_the_course_does_not_have_is_not_asked_for(enrolment, learnt):
    learnt["passed"] = learnt["attended"] = False
    assert settle(enrolment, at=AT).is_valid


def test_the_course_is_completed_and_the_certificate_says_so_with_frozen_words(enrolment, certificate):
    enrolment.refresh_from_db()
    assert enrolment.state == Enrolment.State.COMPLETED and enrolment.completed_at == AT
    words = {name: value for name, value in certificate.words.items() if name != "salt"}
    assert words == {
        "name": "王秀兰",
        "course": "拍好一筐货",
        "kind": "basics",
        "minutes": 30,
        "learnt_on": "2026-11-23",
        "issuer": "潞城区电商公共服务中心",
        "county": certificate.region.full_name,
        "teacher": enrolment.course.teacher,
    }
    enrolment.course.title = "换了名字"
    enrolment.course.save()
    certificate.refresh_from_db()
    assert certificate.words["course"] == "拍好一筐货"


def test_settling_again_gives_the_same_one_and_after_a_revocation_none_new(enrolment, certificate, learnt):
    assert settle(enrolment, at=AT) == certificate
    revoke(certificate=certificate, why="代考", by=UserFactory(), at=AT)
    assert settle(enrolment, at=AT).state == Certificate.State.REVOKED
    assert Certificate.objects.count() == 1


def test_who_left_or_waits_gets_none(enrolment, learnt):
    Enrolment.objects.update(state=Enrolment.State.LEFT)
    enrolment.refresh_from_db()
    assert not settle_if_due(enrolment, at=AT)
    assert not settle_course(trainee=enrolment.trainee, course=enrolment.course, at=AT)


def test_a_course_without_certificate_is_completed_all_the_same(enrolment, learnt):
    enrolment.course.certificate = False
    enrolment.course.save()
    assert settle(enrolment, at=AT) is None
    enrolment.refresh_from_db()
    assert enrolment.state == Enrolment.State.COMPLETED


def test_a_course_that_asks_for_nothing_yet_completes_nobody(enrolment, learnt):
    enrolment.course.get_children().delete()
    enrolment.course.refresh_from_db()
    with pytest.raises(NotDue):
        settle(enrolment, at=AT)
    assert not Certificate.objects.exists()


def test_who_left_while_the_rules_were_looked_at_gets_none(enrolment, learnt):
    Enrolment.objects.update(state=Enrolment.State.LEFT)
    with pytest.raises(NotDue):
        settle(enrolment, at=AT)  # as it was read before
    assert not Certificate.objects.exists()


def test_the_check_word_tells_nobody_who_tries_names(certificate):
    told = {name: value for name, value in certificate.words.items() if name != "salt"}
    assert check_word(certificate.number, told) != check_word(certificate.number, certificate.words)
    assert len(certificate.words["salt"]) == 16


def test_the_holder_is_told_once(enrolment, learnt, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        certificate = settle(enrolment, at=AT)
        settle(enrolment, at=AT)
    notice = Notice.objects.get(user=enrolment.trainee.user)
    assert "拍好一筐货" in notice.subject and certificate.number in notice.text


def test_the_look_of_the_worker_finds_what_moved(enrolment, learnt):
    assert settle_moved(since=AT, at=AT) == 0
    progress = enrolment.progress.model
    progress.objects.create(
        enrolment=enrolment, lesson=enrolment.course.get_children().first().specific, heard_at=AT
    )
    assert settle_moved(since=AT.replace(hour=3), at=AT) == 1


# --- numbers --------------------------------------------------------------------------------------


def test_numbers_tell_nothing_of_one_another():
    drawn = {new_number(year=2026) for _ in range(200)}
    assert len(drawn) == 200
    assert all(re.fullmatch(r"PX-2026-[0-9A-HJKMNP-TV-Z]{8}", number) for number in drawn)
    assert not any(is_misread(number) for number in drawn)


@given(place=st.integers(0, 7), sign=st.sampled_from(SIGNS))
def test_one_wrong_sign_is_found(place, sign):
    number = new_number(year=2026)
    head, signs = number[:8], number[8:]
    wrong = head + signs[:place] + sign + signs[place + 1 :]
    assert is_misread(wrong) == (wrong != number)


@pytest.mark.parametrize(
    "typed",
    [
        "px-2026-7k3m9q2{}", "PX20267K3M9Q2{}", "ＰＸ－２０２６－7K3M9Q2{}", "编号：PX-2026-7K3M 9Q2{}",
        "http://x.example/training/certificates/PX-2026-7K3M9Q2{}/", " px 2026 7k3m9q2{} ",
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_type_them(typed):
    assert canonical_number(typed.format("X")) == "PX-2026-7K3M9Q2X"


def test_signs_that_are_not_used_are_read_as_what_they_look_like():
    assert canonical_number("PX-2026-OIL0000X") == "PX-2026-0110000X"


@pytest.mark.parametrize("junk", ["", " ", "——", "\x00", "😀", "a" * 10_000])
def test_junk_is_no_number(junk):
    assert is_misread(canonical_number(junk))


# --- the public check -----------------------------------------------------------------------------


def test_the_page_says_what_was_learnt_and_hides_the_given_name(client, certificate):
    text = client.get(f"/training/certificates/{certificate.number}/").content.decode()
    assert "拍好一筐货" in text and "王**" in text and "潞城区电商公共服务中心" in text
    assert "秀兰" not in text
    assert "30 分钟" in text
    assert 'name="robots" content="noindex"' in text


def test_a_number_in_another_form_leads_to_its_page(client, certificate):
    answer = client.get(f"/training/certificates/{certificate.number.lower().replace('-', '')}/")
    assert answer["Location"].endswith(f"/training/certificates/{certificate.number}/")
    asked = client.get("/training/certificates/", {"number": certificate.number.lower()})
    assert asked["Location"].endswith(f"/training/certificates/{certificate.number}/")


@pytest.mark.parametrize(("name", "matches"), [("王秀兰", True), (" 王 秀兰 ", True), ("王秀英", False)])
def test_a_name_can_be_compared(client, certificate, name, matches):
    text = client.post(f"/training/certificates/{certificate.number}/", {"name": name}).content.decode()
    assert ("note ok" in text) == matches and ("note bad" in text) != matches


def test_names_are_not_found_by_trying(client, certificate):
    for _ in range(check_views.NAMES.allowed):
        client.post(f"/training/certificates/{certificate.number}/", {"name": "王秀英"})
    answer = client.post(f"/training/certificates/{certificate.number}/", {"name": "王秀兰"})
    assert answer.status_code == 429 and "note ok" not in answer.content.decode()


def test_an_unknown_number_tells_nothing_and_too_many_are_refused(client, certificate):
    for _ in range(check_views.NUMBERS.allowed):
        answer = client.get(f"/training/certificates/{new_number(year=2026)}/")
        assert answer.status_code == 404
        assert certificate.number not in answer.content.decode()
    assert client.get(f"/training/certificates/{certificate.number}/").status_code == 429


def test_a_slip_of_the_finger_is_said_and_not_held_against_anybody(client, certificate):
    last = certificate.number[-1]
    wrong = certificate.number[:-1] + next(sign for sign in SIGNS if sign != last)
    for _ in range(check_views.NUMBERS.allowed + 1):
        answer = client.get(f"/training/certificates/{wrong}/")
        assert answer.status_code == 404
    assert client.get(f"/training/certificates/{certificate.number}/").status_code == 200


# --- ending ---------------------------------------------------------------------------------------


def test_a_revoked_one_says_why_and_is_handed_out_no_more(client, certificate):
    officer, holder = UserFactory(), certificate.enrolment.trainee.user
    revoke(certificate=certificate, why="考试由他人代考。", by=officer, at=AT)
    text = client.get(f"/training/certificates/{certificate.number}/").content.decode()
    assert "考试由他人代考。" in text and "verdict void" in text and "note ok" not in text
    client.force_login(holder)
    assert client.get(f"/training/certificates/{certificate.number}/paper.pdf").status_code == 404
    assert acts_on(certificate).filter(verb="revoked", by=officer).exists()
    with pytest.raises(NotValid):
        revoke(certificate=certificate, why="再来", by=officer, at=AT)


def test_a_corrected_name_makes_a_new_one_in_place_of_the_old(client, certificate):
    new = correct_name(certificate=certificate, name="王秀蓝", why="写错一个字", by=UserFactory(), at=AT)
    certificate.refresh_from_db()
    assert certificate.state == Certificate.State.REPLACED and certificate.replaced_by == new
    assert new.words == {**certificate.words, "name": "王秀蓝"} and new.number != certificate.number
    text = client.get(f"/training/certificates/{certificate.number}/").content.decode()
    assert "verdict wait" in text and new.number not in text, "the old paper does not lead to the new number"
    with pytest.raises(NotValid):
        correct_name(certificate=certificate, name="王", why="又", by=UserFactory(), at=AT)
    assert Certificate.objects.count() == 2


def test_the_desk_asks_for_the_right_and_for_a_reason(client, admin_client, certificate):
    desk = f"/cms/training/certificates/{certificate.pk}/"
    client.force_login(UserFactory())
    assert client.post(f"{desk}revoke/", {"revoke-why": "x"}).status_code in {302, 403}
    assert admin_client.get(desk).status_code == 200
    refused = admin_client.post(f"{desk}revoke/", {"revoke-why": ""})
    certificate.refresh_from_db()
    assert refused.status_code in {200, 400} and certificate.is_valid
    admin_client.post(f"{desk}revoke/", {"revoke-why": "代考"})
    certificate.refresh_from_db()
    assert certificate.state == Certificate.State.REVOKED
    assert admin_client.get("/cms/training/certificates/").status_code == 200
    assert admin_client.get("/cms/training/certificates/?export=xlsx").status_code == 200


# --- papers and badges ----------------------------------------------------------------------------


def test_the_paper_is_for_its_holder_and_says_the_whole_name(client, certificate):
    address = f"/training/certificates/{certificate.number}/paper.pdf"
    assert client.get(address).status_code == 302
    client.force_login(UserFactory())
    assert client.get(address).status_code == 404
    client.force_login(certificate.enrolment.trainee.user)
    answer = client.get(address)
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF-")
    mine = client.get("/training/me/certificates/").content.decode()
    assert certificate.number in mine


def test_a_badge_is_verified_with_nothing_but_what_it_names(client, certificate):
    token = badge_of(certificate)
    header = jwt.get_unverified_header(token)
    assert header["alg"] == "RS256" and header["typ"] == "JWT"
    public = client.get(header["kid"]).json()
    assert "d" not in public
    claims = jwt.decode(token, RSAAlgorithm.from_jwk(json.dumps(public)), algorithms=["RS256"])
    assert claims["iss"] == claims["issuer"]["id"] and claims["jti"] == claims["id"]
    assert claims["sub"] == claims["credentialSubject"]["id"]
    assert claims["nbf"] == int(AT.timestamp()) and claims["validFrom"] == "2026-11-23T04:00:00Z"
    assert "王秀兰" not in json.dumps(claims, ensure_ascii=False)
    profile = client.get(claims["iss"]).json()
    assert profile["id"] == claims["iss"] and profile["name"] == "潞城区电商公共服务中心"
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(f"{token[:-8]}{'A' * 8}", RSAAlgorithm.from_jwk(json.dumps(public)), algorithms=["RS256"])


def test_a_badge_has_what_the_standard_asks_for(certificate):
    credential = credential_of(certificate)
    assert credential["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert credential["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    achievement = credential["credentialSubject"]["achievement"]
    assert {"id", "type", "name", "description", "criteria"} <= achievement.keys()
    assert achievement["criteria"]["narrative"].startswith("The holder ")


def test_the_holder_is_found_by_hash(certificate):
    import hashlib

    identity = credential_of(certificate)["credentialSubject"]["identifier"][0]
    digest = hashlib.sha256(f"王秀兰{identity['salt']}".encode()).hexdigest()
    assert identity["identityHash"] == f"sha256${digest}"


def test_badges_of_revoked_certificates_are_listed(client, certificate):
    credential = credential_of(certificate)
    address = credential["credentialStatus"]["id"]
    assert client.get(address).json()["revokedCredential"] == []
    revoke(certificate=certificate, why="代考", by=UserFactory(), at=AT)
    listed = client.get(address).json()
    assert listed["issuer"] == credential["issuer"]["id"]
    assert listed["revokedCredential"] == [
        {"id": credential["id"], "revoked": True, "revocationReason": "代考"}
    ]


def test_why_a_name_was_put_right_is_nobodys_business(client, certificate):
    from training.certificates import personal

    why = "应为王秀蓝，误为王秀兰"
    correct_name(certificate=certificate, name="王秀蓝", why=why, by=UserFactory(), at=AT)
    address = credential_of(certificate)["credentialStatus"]["id"]
    assert why not in client.get(address).content.decode("unicode-escape")
    personal.erase(user=certificate.enrolment.trainee.user, at=AT)
    certificate.refresh_from_db()
    assert certificate.ended_why == ""


def test_the_private_key_lies_sealed(certificate):
    badge_of(certificate)
    badge_of(certificate)
    key = BadgeKey.objects.get()
    assert "PRIVATE KEY" not in key.private and "d" not in key.public


# --- the person -----------------------------------------------------------------------------------


def test_with_the_account_the_name_goes_and_the_page_says_so(client, certificate):
    from training.certificates import personal

    user = certificate.enrolment.trainee.user
    assert personal.export(user)["certificates"][0]["number"] == certificate.number
    assert len(personal.keeps(user)) == 1
    personal.erase(user=user, at=timezone.now())
    certificate.refresh_from_db()
    assert certificate.words["name"] == ""
    text = client.get(f"/training/certificates/{certificate.number}/").content.decode()
    assert "verdict none" in text and "王" not in text.split("<main")[1].split("</main")[0]
    client.force_login(user)
    assert client.get(f"/training/certificates/{certificate.number}/badge.jwt").status_code == 404


def test_a_course_that_gives_certificates_from_now_on_gives_them_to_who_completed_it_before(
    enrolment, learnt
):
    page = enrolment.course
    page.certificate = False
    page.save_revision().publish()
    assert settle(enrolment, at=AT) is None
    assert settle_moved(since=AT, at=AT) == 0
    page.certificate = True
    page.save_revision().publish()
    assert settle_moved(since=timezone.now(), at=AT) == 0, "published before"
    assert settle_moved(since=AT, at=AT) == 1 and settle_moved(since=AT, at=AT) == 0
    assert Certificate.objects.get().enrolment == enrolment
    revoke(certificate=Certificate.objects.get(), why="写错了", by=UserFactory(), at=AT)
    assert settle_moved(since=AT, at=AT) == 0
