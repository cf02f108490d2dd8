"""Publicity, objections and the decision; what is printed of a licence."""

import hashlib
import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
import zxingcpp
from django.core.files.base import ContentFile
from PIL import Image

from brand.acts.models import acts_on
from brand.licences.applications.moving import AlreadyMoved
from brand.licences.applications.submission import withdraw_application
from brand.licences.decisions import DecisionRefused, license_application, refuse_application
from brand.licences.papers import (
    certificate_pdf,
    check_word,
    correct_words,
    freeze_words,
    plaque,
    printed_words,
)
from brand.licences.papers.certificate import _TEMPLATE, certificate_data
from brand.licences.publicity.forgetting import forget_objectors
from brand.licences.publicity.objections import NoAnswer, NotObjectable, answer_objection, object_to
from brand.licences.publicity.publishing import publish_application
from brand.licences.renewals import period
from brand.licences.rules import LicenceRules
from brand.members.interests import ConflictOfInterest
from brand.models import Licence, LicenceApplication, LicenceProduct, Objection, ObjectionFile
from brand.typeset import typeset
from changes.models import Change
from lib.periods import months_from, years_from
from notices.models import Notice
from tests.factories.accounts import person
from tests.factories.brand import LicenceFactory
from tests.factories.licences import NOW, TODAY, checked, published

pytestmark = pytest.mark.django_db
State = LicenceApplication.State
OPEN = NOW - timedelta(days=2)  # published then, it is open for five days more


def test_publicity_lasts_the_days_of_the_county_after_its_first_day() -> None:
    application = checked()
    LicenceRules.objects.create(region=application.region, publicity_days=5)
    at = datetime(2026, 11, 22, 17, tzinfo=UTC)  # 01:00 of the 23rd in China
    publish_application(application=application, by=person("brand_officer"), at=at)
    assert (application.publicity_from, application.publicity_to) == (date(2026, 11, 23), date(2026, 11, 28))
    assert Change.objects.filter(region="lucheng").exists()


def test_nothing_is_decided_before_publicity_is_over() -> None:
    application, officer = published(at=NOW - timedelta(days=7)), person("brand_officer")
    with pytest.raises(DecisionRefused, match="2026-11-23"):
        license_application(application=application, by=officer, at=NOW)
    assert not Licence.objects.filter(application=application).exists()
    licence = license_application(application=application, by=officer, at=NOW + timedelta(days=1))
    assert licence.valid_from == TODAY + timedelta(days=1)


def test_the_decision_gives_a_number_a_period_products_and_frozen_words() -> None:
    application, officer = published(), person("brand_officer")
    LicenceRules.objects.create(region=application.region, number_prefix="LC", issuer="潞城区品牌协会")
    LicenceFactory(number="LC-2026-0001")  # given on paper before
    licence = license_application(application=application, by=officer, at=NOW)
    assert (licence.number, licence.issued_on) == ("LC-2026-0002", TODAY)
    assert (licence.valid_from, licence.valid_to) == (TODAY, date(2029, 11, 22))
    assert (licence.uses, licence.trademark_classes) == (application.uses, application.trademark_classes)
    covers = LicenceProduct.objects.get(licence=licence)
    assert (covers.quantity, covers.codes_drawn) == (60_000, 0)
    assert (application.state, application.licence, application.decided_by) == (
        State.LICENSED,
        licence,
        officer,
    )
    assert licence.printed["issuer"] == "潞城区品牌协会"
    assert [act.verb for act in acts_on(licence)] == ["issued"]
    with pytest.raises(AlreadyMoved):
        license_application(application=application, by=officer, at=NOW)
    assert Licence.objects.filter(application=application).count() == 1


def test_whoever_checked_the_site_decides_only_where_the_county_lets_them() -> None:
    checker = person("brand_officer")
    application = published(checker=checker)
    with pytest.raises(DecisionRefused):
        license_application(application=application, by=checker, at=NOW)
    LicenceRules.objects.create(region=application.region, checker_decides=True)
    license_application(application=application, by=checker, at=NOW)


def test_nobody_decides_about_their_own_company() -> None:
    application = published()
    for act in (license_application, refuse_application):
        reason = {"reason": "x"} if act is refuse_application else {}
        with pytest.raises(ConflictOfInterest):
            act(application=application, by=application.applicant, at=NOW, **reason)
    application.refresh_from_db()
    assert application.state == State.PUBLICITY


def test_an_open_objection_holds_the_decision_up_and_an_answered_one_does_not() -> None:
    application, officer = published(at=OPEN), person("brand_officer")
    objection = object_to(application=application, words="葱是外地拉来的", at=NOW)
    later = NOW + timedelta(days=10)
    with pytest.raises(DecisionRefused):
        license_application(application=application, by=officer, at=later)
    answer_objection(objection=objection, upheld=False, answer="查了台账，是本地的。", by=officer, at=later)
    license_application(application=application, by=officer, at=later)
    assert objection.state == Objection.State.DISMISSED


def test_a_justified_objection_ends_in_correction_or_refusal() -> None:
    application, officer = published(at=OPEN), person("brand_officer")
    objection = object_to(application=application, words="分拣点是租来摆样子的", at=NOW)
    answer_objection(objection=objection, upheld=True, answer="属实。", by=officer, at=NOW)
    later = NOW + timedelta(days=10)
    with pytest.raises(DecisionRefused):
        license_application(application=application, by=officer, at=later)
    with pytest.raises(DecisionRefused):
        refuse_application(application=application, reason=" ", by=officer, at=later)
    refuse_application(application=application, reason="分拣点不是自己的。", by=officer, at=later)
    assert (application.state, application.reason) == (State.REFUSED, "分拣点不是自己的。")


def test_objections_come_in_only_while_it_is_public() -> None:
    with pytest.raises(NotObjectable):
        object_to(application=published(), words="太晚了太晚了", at=NOW)
    application = published(at=OPEN)
    withdraw_application(application=application, by=application.applicant, at=NOW)
    with pytest.raises(AlreadyMoved):
        object_to(application=application, words="已经撤回", at=NOW)
    assert not Objection.objects.exists()


def test_an_objection_is_answered_once_with_words() -> None:
    application, officer = published(at=OPEN), person("brand_officer")
    objection = object_to(application=application, words="商标是别人的", at=NOW)
    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}", objection.receipt)
    with pytest.raises(NoAnswer):
        answer_objection(objection=objection, upheld=False, answer="", by=officer, at=NOW)
    answer_objection(objection=objection, upheld=False, answer="查过，不是。", by=officer, at=NOW)
    with pytest.raises(AlreadyMoved):
        answer_objection(objection=objection, upheld=True, answer="是。", by=person("brand_officer"), at=NOW)
    objection.refresh_from_db()
    assert (objection.answer, objection.answered_by) == ("查过，不是。", officer)


def test_who_objected_is_forgotten_a_year_after_the_answer(django_capture_on_commit_callbacks) -> None:
    application, officer = published(at=OPEN), person("brand_officer")
    objection = object_to(
        application=application, words="有照片", name="李红", contact="13800001234", at=NOW,
        files=[ContentFile(b"x", name="o.jpg")],
    )  # fmt: skip
    answer_objection(objection=objection, upheld=False, answer="看过了。", by=officer, at=NOW)
    storage, name = objection.files.get().file.storage, objection.files.get().file.name
    assert forget_objectors(at=NOW + timedelta(days=364)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_objectors(at=NOW + timedelta(days=366)) == 1
    objection.refresh_from_db()
    assert (objection.name, objection.contact, objection.words) == ("", "", "有照片")
    assert not ObjectionFile.objects.exists() and not storage.exists(name)
    assert forget_objectors(at=NOW + timedelta(days=400)) == 0


def test_who_objected_is_forgotten_too_where_nobody_answers_any_more() -> None:
    application = published(at=OPEN)
    objection = object_to(application=application, words="有照片", name="李红", contact="13800001234", at=NOW)
    late = NOW + timedelta(days=366)
    assert forget_objectors(at=late) == 0  # the office may still have to ask back
    withdraw_application(application=application, by=application.applicant, at=NOW)
    assert forget_objectors(at=late) == 1
    objection.refresh_from_db()
    assert (objection.name, objection.contact) == ("", "")


def test_a_renewal_begins_on_the_day_after_the_old_licence_ends() -> None:
    rules = LicenceRules(validity_years=3)
    old = Licence(valid_from=date(2024, 1, 1), valid_to=date(2026, 12, 31))
    assert period(renews=old, rules=rules, on=TODAY) == (date(2027, 1, 1), date(2029, 12, 31))
    late = date(2027, 2, 5)
    assert period(renews=old, rules=rules, on=late) == (late, date(2030, 2, 4))
    assert period(renews=None, rules=rules, on=date(2028, 2, 29)) == (date(2028, 2, 29), date(2031, 2, 27))


def test_months_end_where_the_month_ends() -> None:
    assert months_from(date(2027, 5, 31), -3) == date(2027, 2, 28)
    assert months_from(date(2026, 1, 31), 25) == date(2028, 2, 29)
    assert years_from(date(2028, 2, 29), 1) == date(2029, 2, 28)


def given() -> Licence:
    application = published()
    return license_application(application=application, by=person("brand_officer"), at=NOW)


def test_the_member_is_told_from_when_a_renewal_gives_the_right(django_capture_on_commit_callbacks) -> None:
    application = published()
    old = LicenceFactory(member=application.member, valid_to=TODAY + timedelta(days=40))
    LicenceApplication.objects.update(renews=old)
    with django_capture_on_commit_callbacks(execute=True):
        license_application(application=application, by=person("brand_officer"), at=NOW)
    told = Notice.objects.get(kind="licence_given").text
    assert f"{TODAY + timedelta(days=41)}" in told


def test_the_certificate_is_the_same_however_often_it_is_printed_and_whatever_is_renamed() -> None:
    licence = given()
    first = certificate_pdf(licence)
    licence.refresh_from_db()
    assert licence.certificate_sha256 == hashlib.sha256(first).hexdigest()
    licence.member.name = "改了名的合作社"
    licence.member.save()
    again = Licence.objects.select_related("region", "member", "renews").get(pk=licence.pk)
    assert certificate_pdf(again) == first


def test_the_code_on_the_certificate_leads_to_the_public_page(settings) -> None:
    settings.PUBLIC_BASE_URL = "https://fengtu.example.cn"
    licence = given()
    picture = typeset(_TEMPLATE, certificate_data(licence), format="png", ppi=130)
    (code,) = zxingcpp.read_barcodes(Image.open(BytesIO(picture)))
    assert code.text == f"https://fengtu.example.cn/brand/licences/{licence.number}/"


def test_the_plaque_is_drawn_in_both_forms(settings) -> None:
    licence = given()
    assert plaque(licence).startswith(b"%PDF")
    drawn = plaque(licence, kind="svg")
    assert drawn.startswith(b"<svg") and b"<text" not in drawn


def test_many_products_go_on_to_a_second_page() -> None:
    licence = given()
    row = licence.printed["products"][0]
    licence.printed["products"] = [{**row, "name": f"潞城大葱 {n}"} for n in range(40)]
    assert (
        certificate_pdf(licence).count(b"/Type /Page\n") + certificate_pdf(licence).count(b"/Type/Page\n")
        != 1
    )


def test_a_county_without_a_theme_prints_black_on_white() -> None:
    licence = LicenceFactory(member__region__slug="nowhere", member__region__adcode="999999")
    assert certificate_pdf(licence).startswith(b"%PDF")
    assert plaque(licence).startswith(b"%PDF")


def test_a_correction_changes_the_check_word_and_is_told() -> None:
    licence, officer = given(), person("brand_officer")
    before = check_word(printed_words(licence))
    assert not correct_words(licence, by=officer, at=NOW)
    licence.covers.update(quantity=70_000)
    assert correct_words(licence, by=officer, at=NOW)
    assert check_word(printed_words(licence)) != before
    assert licence.certificate_sha256 == ""
    assert acts_on(licence).last().detail == {"changed": ["products"]}


def test_a_licence_entered_by_hand_is_frozen_without_a_correction() -> None:
    licence = LicenceFactory()
    assert printed_words(licence)["number"] == licence.number and not licence.printed
    assert correct_words(licence, by=person("brand_officer"), at=NOW)
    assert not acts_on(licence).exists()
    freeze_words(licence)
    assert licence.printed["brand"] == "潞城大葱"
