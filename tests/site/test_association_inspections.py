"""Findings on the member's desk: read, answered with proof, private to the member."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from brand.inspections.answering import answer_finding, keep_proof
from brand.models import Finding, FindingProof, InspectionPhoto
from tests.factories.brand import RepresentativeFactory
from tests.factories.supervision import NOW, FindingFactory, InspectionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def tie():
    return RepresentativeFactory()


@pytest.fixture
def finding(tie):
    return FindingFactory(inspection__licence__member=tie.member)


@pytest.fixture
def member(client: Client, tie) -> Client:
    client.force_login(tie.user)
    return client


def photo(name: str = "新盒.jpg") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue())


def text(answer) -> str:
    return answer.content.decode()


def page(finding) -> str:
    return f"/members/findings/{finding.pk}/"


def test_findings_and_announced_visits_are_listed(member, finding, tie) -> None:
    InspectionFactory(licence=finding.inspection.licence, place="包装间")
    InspectionFactory(licence=finding.inspection.licence, announced=False, place="后院")
    FindingFactory(wrong="别家的事")
    seen = text(member.get("/members/findings/"))
    assert finding.wrong in seen and "包装间" in seen
    assert "后院" not in seen and "别家的事" not in seen


def test_a_finding_says_how_it_stands(member, finding) -> None:
    assert '<span class="tag warn">待整改</span>' in text(member.get(page(finding)))


def test_the_desk_says_what_is_to_be_put_right(member, finding) -> None:
    seen = text(member.get("/members/"))
    assert "要整改" in seen and page(finding) in seen


def test_a_finding_of_somebody_else_is_not_there(member) -> None:
    other = FindingFactory()
    proof = keep_proof(finding=other, file=ContentFile(b"%PDF-1.7 %%EOF", "a.pdf"), name="a.pdf", at=NOW)
    shown = InspectionPhoto.objects.create(
        inspection=other.inspection, finding=other, file=ContentFile(b"x", "a.jpg"), at=NOW
    )
    assert member.get(page(other)).status_code == 404
    assert member.post(page(other), {"text": "好了", "send": "1"}).status_code == 404
    assert member.get(f"/members/findings/proofs/{proof.pk}/").status_code == 404
    assert member.get(f"/members/findings/photos/{shown.pk}.jpg").status_code == 404
    other.refresh_from_db()
    assert other.state == Finding.State.OPEN


def test_an_answer_is_sent_with_its_files(member, finding, tie) -> None:
    answer = member.post(
        page(finding), {"text": "旧盒退了。", "photos": [photo(), photo("b.jpg")], "send": "1"}
    )
    assert answer["Location"] == page(finding)
    kept = finding.answers.get()
    assert (kept.text, kept.by, kept.proofs.count()) == ("旧盒退了。", tie.user, 2)
    finding.refresh_from_db()
    assert finding.state == Finding.State.ANSWERED


def test_a_bad_file_loses_neither_the_words_nor_the_good_files(member, finding) -> None:
    wrong = SimpleUploadedFile("程序.jpg", b"MZ this is no picture")
    answer = member.post(page(finding), {"text": "旧盒退了。", "photos": [photo(), wrong], "send": "1"})
    assert answer.status_code == 400
    seen = text(answer)
    assert "程序.jpg" in seen and "旧盒退了。" in seen and "新盒.jpg" in seen
    assert finding.proofs.get().answer is None
    member.post(page(finding), {"text": "旧盒退了。", "send": "1"})
    assert finding.answers.get().proofs.count() == 1


def test_files_are_kept_before_there_are_words_and_taken_away_again(member, finding) -> None:
    assert member.post(page(finding), {"text": "", "photos": [photo()], "keep": "1"}).status_code == 200
    kept = finding.proofs.get()
    seen = text(member.post(page(finding), {"text": "写到一半", "drop": kept.pk}))
    assert "写到一半" in seen
    assert not FindingProof.objects.exists()


def test_an_answer_without_words_is_not_sent(member, finding) -> None:
    assert member.post(page(finding), {"text": " ", "send": "1"}).status_code == 400
    finding.refresh_from_db()
    assert finding.state == Finding.State.OPEN


def test_a_second_tab_is_told_and_shown_what_it_wrote(member, finding, tie) -> None:
    answer_finding(finding=finding, text="第一份", by=tie.user, at=NOW)
    answer = member.post(page(finding), {"text": "第二份写了很多", "send": "1"})
    assert answer.status_code == 409
    assert "已经答复过" in text(answer) and "第二份写了很多" in text(answer)
    assert finding.answers.count() == 1


def test_a_proof_is_a_private_attachment(member, finding) -> None:
    member.post(page(finding), {"text": "", "photos": [photo("退库单.png")], "keep": "1"})
    answer = member.get(f"/members/findings/proofs/{finding.proofs.get().pk}/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff" and "no-store" in answer["Cache-Control"]


def test_nobody_else_gets_in(client: Client, finding) -> None:
    for address in ("/members/findings/", page(finding)):
        assert client.get(address)["Location"].startswith("/accounts/login/")


def test_both_languages_work(member, finding) -> None:
    seen = text(member.get(f"/en{page(finding)}"))
    assert "Send the answer" in seen and finding.wrong in seen
