"""Supervision in the back office: the board, the life of a licence, inspections and findings, by role."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from brand.acts.models import acts_on
from brand.inspections.answering import answer_finding, keep_proof
from brand.models import Finding, Inspection, Licence
from tests.factories.accounts import person
from tests.factories.brand import LicenceFactory, RepresentativeFactory
from tests.factories.supervision import NOW, FindingFactory, InspectionFactory, InspectionPointFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client: Client) -> Client:
    client.user = person("brand_officer")
    client.force_login(client.user)
    return client


def life(licence) -> str:
    return f"/cms/brand-licence-life/{licence.pk}/"


def visit(inspection) -> str:
    return f"/cms/brand-inspections/{inspection.pk}/"


def desk(finding) -> str:
    return f"/cms/brand-findings/{finding.pk}/"


def text(answer) -> str:
    return answer.content.decode()


def in_days(days: int) -> str:
    return f"{timezone.localdate() + timedelta(days=days)}"


def test_the_board_shows_what_waits(officer, django_assert_max_num_queries) -> None:
    late = FindingFactory(due_on=timezone.localdate() - timedelta(days=3), wrong="旧盒还在用")
    FindingFactory(state=Finding.State.ANSWERED, wrong="门牌换了")
    suspended = LicenceFactory(state=Licence.State.SUSPENDED)
    ends = LicenceFactory(valid_to=timezone.localdate() + timedelta(days=40))
    with django_assert_max_num_queries(30):
        seen = text(officer.get("/cms/brand-licence-life/"))
    for words in (late.name, "门牌换了", suspended.number, ends.number):
        assert words in seen


def test_an_officer_suspends_and_reinstates_with_a_reason(officer) -> None:
    licence = LicenceFactory()
    assert officer.post(f"{life(licence)}suspend/", {"suspend-reason": ""}).status_code == 400
    officer.post(f"{life(licence)}suspend/", {"suspend-reason": "抽检没过"})
    licence.refresh_from_db()
    assert licence.state == Licence.State.SUSPENDED
    assert "抽检没过" in text(officer.get(life(licence)))
    officer.post(f"{life(licence)}reinstate/", {"reinstate-reason": "复检合格"})
    licence.refresh_from_db()
    assert licence.state == Licence.State.VALID
    assert [act.by for act in acts_on(licence)] == [officer.user, officer.user]


def test_the_officer_sees_that_a_renewal_waits(officer) -> None:
    licence = LicenceFactory()
    first = licence.valid_to + timedelta(days=1)
    renewal = LicenceFactory(renews=licence, valid_from=first, valid_to=first + timedelta(days=900))
    assert life(renewal) in text(officer.get(life(licence)))
    renewal.state = Licence.State.REVOKED
    renewal.save()
    assert life(renewal) not in text(officer.get(life(licence)))


def test_a_refused_act_says_why_and_keeps_what_was_typed(officer) -> None:
    licence = LicenceFactory(state=Licence.State.REVOKED)
    answer = officer.post(f"{life(licence)}suspend/", {"suspend-reason": "写了半天的原因"})
    assert answer.status_code == 400
    assert "撤销" in text(answer) and "写了半天的原因" in text(answer)
    assert not acts_on(licence)


def test_nobody_acts_on_their_own_company(officer) -> None:
    licence = LicenceFactory()
    RepresentativeFactory(member=licence.member, user=officer.user)
    answer = officer.post(f"{life(licence)}revoke/", {"revoke-reason": "x"})
    assert answer.status_code == 400
    licence.refresh_from_db()
    assert licence.state == Licence.State.VALID


def test_reloading_after_an_act_leads_back(officer) -> None:
    licence = LicenceFactory()
    assert officer.get(f"{life(licence)}suspend/")["Location"] == life(licence)


@pytest.mark.parametrize("role", ["editor", "trace_operator", "clerk", "teacher"])
def test_other_roles_see_and_do_nothing_of_it(client: Client, role) -> None:
    client.force_login(person(role))
    finding = FindingFactory()
    licence = finding.inspection.licence
    for address in ("/cms/brand-licence-life/", life(licence), visit(finding.inspection), desk(finding)):
        assert client.get(address).status_code in {302, 403}
    client.post(f"{life(licence)}suspend/", {"suspend-reason": "x"})
    client.post(f"{desk(finding)}close/", {"close-note": "x"})
    licence.refresh_from_db()
    finding.refresh_from_db()
    assert licence.state == Licence.State.VALID and finding.state == Finding.State.OPEN


def test_an_inspection_is_planned_and_leads_to_its_page(officer) -> None:
    licence = LicenceFactory()
    words = {"licence": licence.pk, "kind": "spot", "planned_on": in_days(3), "inspectors": "郝国平"}
    answer = officer.post("/cms/brand-inspections/new/", words)
    inspection = Inspection.objects.get()
    assert answer["Location"] == visit(inspection)
    assert not inspection.announced
    wrong = officer.post("/cms/brand-inspections/new/", {**words, "planned_on": in_days(-3)})
    assert "已经过了" in text(wrong)
    assert Inspection.objects.count() == 1
    assert officer.get(f"/cms/brand-inspections/new/?licence={licence.pk}").status_code == 200


def test_a_visit_is_recorded_with_its_checklist_and_a_finding_raised(officer) -> None:
    inspection = InspectionFactory()
    InspectionPointFactory(region=inspection.licence.region, text="台账对得上")
    assert "台账对得上" in text(officer.get(visit(inspection)))
    words = {
        "visit-done_on": in_days(0),
        "visit-summary": "看了库房。",
        "visit-held_0": "no",
        "visit-note_0": "少 3 个",
    }
    officer.post(f"{visit(inspection)}visit/", words)
    inspection.refresh_from_db()
    assert inspection.checks == [{"text": "台账对得上", "held": "no", "note": "少 3 个"}]
    found = {"found-weight": "slight", "found-wrong": "少了 3 个盒子", "found-demand": "说清去向"}
    officer.post(f"{visit(inspection)}found/", {**found, "found-due_on": in_days(10)})
    assert "少了 3 个盒子" in text(officer.get(visit(inspection)))
    assert Finding.objects.get().inspection == inspection


def test_photos_are_private(officer, client: Client) -> None:
    inspection = InspectionFactory(done=True)
    out = BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, "JPEG")
    file = SimpleUploadedFile("a.jpg", out.getvalue())
    officer.post(f"{visit(inspection)}photos/", {"photos-photos": [file], "photos-caption": "库房"})
    photo = inspection.photos.get()
    address = f"/cms/brand-inspections/photos/{photo.pk}.jpg"
    answer = officer.get(address)
    assert "no-store" in answer["Cache-Control"] and answer["X-Content-Type-Options"] == "nosniff"
    client.force_login(person("editor"))
    assert client.get(address).status_code in {302, 403}


def test_a_file_that_is_no_picture_is_refused(officer) -> None:
    inspection = InspectionFactory(done=True)
    file = SimpleUploadedFile("a.jpg", b"%PDF-1.7 not a picture %%EOF")
    assert officer.post(f"{visit(inspection)}photos/", {"photos-photos": [file]}).status_code == 400
    assert not inspection.photos.exists()


def test_an_answer_is_read_with_its_proof_and_closed(officer) -> None:
    finding = FindingFactory()
    tie = RepresentativeFactory(member=finding.inspection.licence.member)
    from django.core.files.base import ContentFile

    proof = keep_proof(
        finding=finding, file=ContentFile(b"%PDF-1.7 %%EOF", "a.pdf"), name="退库单.pdf", at=NOW
    )
    answer_finding(finding=finding, text="旧盒退了。", by=tie.user, at=NOW)
    seen = text(officer.get(desk(finding)))
    assert "旧盒退了。" in seen and "退库单.pdf" in seen
    assert officer.get(f"/cms/brand-findings/proofs/{proof.pk}/")["Content-Type"] == "application/pdf"
    officer.post(f"{desk(finding)}close/", {"close-note": ""})
    finding.refresh_from_db()
    assert finding.state == Finding.State.CLOSED


def test_a_licence_is_suspended_from_a_finding(officer) -> None:
    finding = FindingFactory()
    officer.post(f"{desk(finding)}suspend/", {"suspend-reason": "一直不改"})
    licence = finding.inspection.licence
    licence.refresh_from_db()
    assert licence.state == Licence.State.SUSPENDED
    assert finding.name in text(officer.get(life(licence)))


def test_lists_are_found_and_filtered(officer) -> None:
    finding = FindingFactory()
    InspectionPointFactory(region=finding.inspection.licence.region)
    assert finding.inspection.number in text(officer.get("/cms/brand-inspections/"))
    assert finding.name in text(officer.get("/cms/brand-findings/?state=open"))
    assert finding.name not in text(officer.get("/cms/brand-findings/?state=closed"))
    assert officer.get("/cms/brand-inspection-points/").status_code == 200
    assert finding.inspection.number in text(
        officer.get(f"/cms/brand-inspections/?q={finding.inspection.number}")
    )
