"""Inspections: planned, done, findings with a deadline, answers with proof, settled by an officer."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from PIL import Image

from brand.acts.models import acts_on
from brand.inspections.answering import MOST_PROOFS, answer_finding, drop_proof, keep_proof
from brand.inspections.overdue import tell_of_overdue
from brand.inspections.planning import call_off, plan_inspection
from brand.inspections.raising import raise_finding
from brand.inspections.refusals import InspectionRefused
from brand.inspections.settling import close_finding, return_finding
from brand.inspections.visiting import Check, add_photos, points_for, record_visit
from brand.members.interests import ConflictOfInterest
from brand.models import Finding, FindingAnswer, Inspection
from notices.models import Notice
from tests.factories.accounts import person
from tests.factories.brand import LicenceFactory, RegionFactory, RepresentativeFactory
from tests.factories.supervision import NOW, FindingFactory, InspectionFactory, InspectionPointFactory

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
TOLD = {"inspectors": "郝国平", "planned_on": TODAY}
State = Finding.State


@pytest.fixture
def officer():
    return person("brand_officer")


@pytest.fixture
def tie():
    return RepresentativeFactory()


@pytest.fixture
def finding(tie):
    return FindingFactory(inspection__licence__member=tie.member)


def picture() -> ContentFile:
    out = BytesIO()
    Image.new("RGB", (40, 30), "green").save(out, "JPEG")
    return ContentFile(out.getvalue(), name="a.jpg")


def subjects(user) -> list[str]:
    return list(Notice.objects.filter(user=user).values_list("kind", flat=True))


# --- planning and visiting --------------------------------------------------------------------------------


def test_numbers_of_inspections_follow_one_another_within_a_year(officer) -> None:
    licence = LicenceFactory()
    made = [plan_inspection(licence=licence, by=officer, at=NOW, **TOLD) for _ in range(2)]
    assert [one.number for one in made] == ["JC-2026-0001", "JC-2026-0002"]


@pytest.mark.parametrize(("announced", "told"), [(True, ["inspection_planned"]), (False, [])])
def test_only_an_announced_visit_is_told(
    officer, tie, announced, told, django_capture_on_commit_callbacks
) -> None:
    licence = LicenceFactory(member=tie.member)
    with django_capture_on_commit_callbacks(execute=True):
        plan_inspection(licence=licence, by=officer, at=NOW, announced=announced, **TOLD)
    assert subjects(tie.user) == told


@pytest.mark.parametrize("wrong", [{"planned_on": TODAY - timedelta(days=1)}, {"inspectors": " "}])
def test_a_plan_for_the_past_or_for_nobody_is_refused(officer, wrong) -> None:
    with pytest.raises(InspectionRefused):
        plan_inspection(licence=LicenceFactory(), by=officer, at=NOW, **{**TOLD, **wrong})
    assert not Inspection.objects.exists()


def test_nobody_inspects_their_own_company(officer) -> None:
    finding = FindingFactory(state=State.ANSWERED)
    inspection, licence = finding.inspection, finding.inspection.licence
    RepresentativeFactory(member=licence.member, user=officer)
    planned = InspectionFactory(licence=licence)
    own = {"by": officer, "at": NOW}
    for act in (
        lambda: plan_inspection(licence=licence, **TOLD, **own),
        lambda: call_off(inspection=planned, reason="x", **own),
        lambda: record_visit(inspection=planned, done_on=TODAY, checks=[], summary="x", **own),
        lambda: add_photos(inspection=planned, pictures=[], caption="", **own),
        lambda: raise_finding(inspection=inspection, **_finding(), **own),
        lambda: close_finding(finding=finding, note="x", **own),
        lambda: return_finding(finding=finding, reason="x", due_on=TODAY, **own),
    ):
        with pytest.raises(ConflictOfInterest):
            act()
    assert not acts_on(inspection) and not acts_on(planned) and not acts_on(finding)


def test_the_checklist_is_that_of_the_county_and_kept_as_it_was(officer) -> None:
    inspection = InspectionFactory()
    mine = InspectionPointFactory(region=inspection.licence.region, position=2)
    first = InspectionPointFactory(region=inspection.licence.region, position=1)
    InspectionPointFactory(region=RegionFactory(slug="daning", adcode="141030"))
    InspectionPointFactory(region=inspection.licence.region, in_use=False)
    assert points_for(inspection) == [first.text, mine.text]
    checks = [Check(first.text, "yes"), Check(mine.text, "no", "盒上是旧标")]
    record_visit(inspection=inspection, done_on=TODAY, checks=checks, summary="看了。", by=officer, at=NOW)
    first.delete()
    inspection.refresh_from_db()
    assert [check["held"] for check in inspection.checks] == ["yes", "no"]
    assert inspection.state == Inspection.State.DONE


def test_a_visit_is_recorded_once(officer) -> None:
    inspection = InspectionFactory()
    seen_by_the_other = Inspection.objects.get(pk=inspection.pk)
    facts = {"done_on": TODAY, "checks": [], "by": officer, "at": NOW}
    record_visit(inspection=inspection, summary="第一份。", **facts)
    with pytest.raises(InspectionRefused):
        record_visit(inspection=seen_by_the_other, summary="第二份。", **facts)
    with pytest.raises(InspectionRefused):
        call_off(inspection=seen_by_the_other, reason="下雪", by=officer, at=NOW)
    inspection.refresh_from_db()
    assert inspection.summary == "第一份。"


@pytest.mark.parametrize("wrong", [{"summary": " "}, {"done_on": TODAY + timedelta(days=1)}])
def test_a_visit_without_words_or_on_a_day_to_come_is_refused(officer, wrong) -> None:
    inspection = InspectionFactory()
    facts = {"done_on": TODAY, "checks": [], "summary": "看了。", **wrong}
    with pytest.raises(InspectionRefused):
        record_visit(inspection=inspection, by=officer, at=NOW, **facts)
    inspection.refresh_from_db()
    assert inspection.state == Inspection.State.PLANNED


def test_photos_are_kept_apart_from_public_files(officer, settings) -> None:
    inspection = InspectionFactory()
    add_photos(inspection=inspection, pictures=[picture()], caption="库房", by=officer, at=NOW)
    photo = inspection.photos.get()
    assert photo.file.path.startswith(str(settings.PRIVATE_ROOT))
    with pytest.raises(InspectionRefused):
        other = FindingFactory()
        add_photos(inspection=inspection, pictures=[picture()], caption="", finding=other, by=officer, at=NOW)


def test_a_done_inspection_always_has_its_day() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        InspectionFactory(state=Inspection.State.DONE)


# --- findings ---------------------------------------------------------------------------------------------


def _finding(**facts):
    words = {"weight": "slight", "wrong": "门牌掉了一角。", "demand": "换一块。"}
    return {**words, "due_on": TODAY + timedelta(days=14), **facts}


def test_findings_are_numbered_and_the_member_is_told(
    officer, tie, django_capture_on_commit_callbacks
) -> None:
    inspection = InspectionFactory(done=True, licence__member=tie.member)
    with django_capture_on_commit_callbacks(execute=True):
        found = [raise_finding(inspection=inspection, by=officer, at=NOW, **_finding()) for _ in range(2)]
    assert [one.name for one in found] == [f"{inspection.number}-1", f"{inspection.number}-2"]
    assert subjects(tie.user) == ["finding_raised", "finding_raised"]
    assert Notice.objects.filter(url=f"/members/findings/{found[0].pk}/").exists()


@pytest.mark.parametrize("wrong", [{"wrong": " "}, {"demand": ""}, {"due_on": TODAY - timedelta(days=1)}])
def test_a_finding_needs_words_and_a_day_to_come(officer, wrong) -> None:
    with pytest.raises(InspectionRefused):
        raise_finding(inspection=InspectionFactory(done=True), by=officer, at=NOW, **_finding(**wrong))
    assert not Finding.objects.exists()


def test_nothing_is_found_before_somebody_went(officer) -> None:
    with pytest.raises(InspectionRefused):
        raise_finding(inspection=InspectionFactory(), by=officer, at=NOW, **_finding())


def test_the_member_answers_with_proof_and_an_officer_closes(
    officer, finding, tie, django_capture_on_commit_callbacks
) -> None:
    keep_proof(finding=finding, file=picture(), name="新盒.jpg", at=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        answer = answer_finding(finding=finding, text="旧盒退了 42 个。", by=tie.user, at=NOW)
        close_finding(finding=finding, note="看过照片了。", by=officer, at=NOW)
    finding.refresh_from_db()
    assert (finding.state, finding.closed_at) == (State.CLOSED, NOW)
    assert answer.proofs.get().name == "新盒.jpg"
    assert [act.verb for act in acts_on(finding)] == ["answered", "closed"]
    assert subjects(officer) == ["finding_answered"]
    assert subjects(tie.user) == ["finding_closed"]


def test_an_officer_asks_again_with_a_new_deadline(officer, finding, tie) -> None:
    answer_finding(finding=finding, text="换了。", by=tie.user, at=NOW)
    later = TODAY + timedelta(days=20)
    return_finding(finding=finding, reason="照片上看不清批号。", due_on=later, by=officer, at=NOW)
    finding.refresh_from_db()
    assert (finding.state, finding.due_on) == (State.OPEN, later)
    answer_finding(finding=finding, text="重拍了。", by=tie.user, at=NOW)
    assert finding.answers.count() == 2


def test_an_answer_from_a_second_tab_is_refused(finding, tie) -> None:
    other_tab = Finding.objects.select_related("inspection").get(pk=finding.pk)
    answer_finding(finding=finding, text="第一份。", by=tie.user, at=NOW)
    with pytest.raises(InspectionRefused):
        answer_finding(finding=other_tab, text="第二份。", by=tie.user, at=NOW)
    with pytest.raises(InspectionRefused):
        keep_proof(finding=other_tab, file=picture(), name="a.jpg", at=NOW)
    assert FindingAnswer.objects.get().text == "第一份。"


def test_an_answer_that_came_meanwhile_is_read_before_closing(officer, finding, tie) -> None:
    seen_open = Finding.objects.select_related("inspection__licence__member").get(pk=finding.pk)
    answer_finding(finding=finding, text="换了。", by=tie.user, at=NOW)
    with pytest.raises(InspectionRefused):
        close_finding(finding=seen_open, note="没答，先结。", by=officer, at=NOW)
    finding.refresh_from_db()
    assert finding.state == State.ANSWERED


def test_two_officers_settle_a_finding_once(officer, finding, tie) -> None:
    answer_finding(finding=finding, text="换了。", by=tie.user, at=NOW)
    other = Finding.objects.select_related("inspection__licence__member").get(pk=finding.pk)
    close_finding(finding=finding, note="", by=officer, at=NOW)
    again = {"reason": "不够", "due_on": TODAY, "by": person("brand_officer"), "at": NOW}
    with pytest.raises(InspectionRefused):
        return_finding(finding=other, **again)
    finding.refresh_from_db()
    assert finding.state == State.CLOSED


def test_what_nobody_answered_is_closed_only_with_a_word(officer, finding) -> None:
    with pytest.raises(InspectionRefused):
        close_finding(finding=finding, note=" ", by=officer, at=NOW)
    close_finding(finding=finding, note="现场看过，已换。", by=officer, at=NOW)
    finding.refresh_from_db()
    assert finding.state == State.CLOSED


def test_a_proof_is_taken_back_until_it_is_sent(finding, tie) -> None:
    wrong = keep_proof(finding=finding, file=picture(), name="a.jpg", at=NOW)
    drop_proof(proof=wrong)
    assert not finding.proofs.exists()
    sent = keep_proof(finding=finding, file=picture(), name="b.jpg", at=NOW)
    answer_finding(finding=finding, text="好了。", by=tie.user, at=NOW)
    sent.refresh_from_db()
    drop_proof(proof=sent)
    assert finding.proofs.get() == sent


def test_a_proof_that_was_sent_from_another_window_meanwhile_stays(finding, tie) -> None:
    stale = keep_proof(finding=finding, file=picture(), name="a.jpg", at=NOW)
    answer_finding(finding=finding, text="换了新盒。", by=tie.user, at=NOW)
    drop_proof(proof=stale)
    kept = finding.proofs.get()
    assert kept == stale and kept.file.storage.exists(kept.file.name)


def test_there_is_an_end_to_proofs(finding) -> None:
    for number in range(MOST_PROOFS):
        keep_proof(finding=finding, file=ContentFile(b"x", name=f"{number}.pdf"), name="x", at=NOW)
    with pytest.raises(InspectionRefused):
        keep_proof(finding=finding, file=picture(), name="x", at=NOW)


def test_overdue_findings_are_told_once_for_each_deadline(officer, finding, tie) -> None:
    finding.due_on = TODAY
    finding.save()
    assert tell_of_overdue(at=NOW) == 1
    assert subjects(tie.user) == ["finding_due_soon"]
    for _ in range(2):
        tell_of_overdue(at=NOW + timedelta(days=1))
    assert subjects(tie.user) == ["finding_overdue", "finding_due_soon"]
    assert subjects(officer) == ["finding_overdue"]
    finding.due_on = date(2026, 12, 20)
    finding.save()
    assert tell_of_overdue(at=NOW + timedelta(days=2)) == 0
    tell_of_overdue(at=NOW + timedelta(days=40))
    assert subjects(officer) == ["finding_overdue", "finding_overdue"]


def test_looking_for_overdue_findings_asks_twice(django_assert_num_queries) -> None:
    FindingFactory.create_batch(3)
    with django_assert_num_queries(2):
        assert tell_of_overdue(at=NOW) == 0
