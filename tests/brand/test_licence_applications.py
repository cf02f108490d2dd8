"""An application on its way: drafts, sending, review, site check. Each act once, by somebody who may."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from brand.acts.models import acts_on
from brand.licences.applications.drafts import (
    ChangedMeanwhile,
    NotChangeable,
    NotRenewable,
    Wish,
    begin_application,
    discard_draft,
    save_draft,
)
from brand.licences.applications.moving import AlreadyMoved
from brand.licences.applications.papers import TooManyPapers, add_paper, remove_paper
from brand.licences.applications.review import NoRemark, accept_application, return_application
from brand.licences.applications.submission import NotComplete, submit_application, withdraw_application
from brand.licences.applications.waiting import remind_officers
from brand.licences.rules import LicenceRules
from brand.licences.site_checks.recording import CheckRefused
from brand.members.interests import ConflictOfInterest
from brand.models import ApplicationPaper, Licence, LicenceApplication, Member, SiteCheck
from brand.personal import erase, export
from notices.models import Notice
from tests.factories.accounts import person
from tests.factories.brand import LicenceFactory, MemberFactory, ProductFactory, RepresentativeFactory
from tests.factories.licences import (
    ALL_GOOD,
    NOW,
    PDF,
    TODAY,
    LicenceApplicationFactory,
    accepted,
    checked,
    submitted,
    visit,
)

pytestmark = pytest.mark.django_db
State = LicenceApplication.State


def verbs(thing) -> list[str]:
    return list(acts_on(thing).values_list("verb", flat=True))


def test_a_draft_is_kept_with_whatever_is_there() -> None:
    tie = RepresentativeFactory()
    empty = begin_application(member=tie.member, wish=Wish(), by=tie.user, at=NOW)
    product = ProductFactory(member=tie.member, licensed=False)
    wish = Wish(brand_name=" 潞城大葱 ", uses=("signs",), products={product.pk: None})
    save_draft(application=empty, wish=wish, version=1, at=NOW)
    assert (empty.brand_name, empty.uses, empty.version) == ("潞城大葱", ["signs"], 2)
    assert [(row.product, row.quantity) for row in empty.wanted.all()] == [(product, None)]


def test_products_of_another_member_are_never_asked_for() -> None:
    tie, foreign = RepresentativeFactory(), ProductFactory(licensed=False)
    application = begin_application(
        member=tie.member, wish=Wish(products={foreign.pk: 5}), by=tie.user, at=NOW
    )
    assert not application.wanted.exists()


def test_of_two_windows_the_second_is_asked_and_overwrites_nothing() -> None:
    application = LicenceApplicationFactory()
    here, there = Wish(brand_name="甲"), Wish(brand_name="乙")
    save_draft(application=application, wish=there, version=1, at=NOW)
    with pytest.raises(ChangedMeanwhile) as lost:
        save_draft(application=application, wish=here, version=1, at=NOW)
    assert lost.value.now.brand_name == "乙"
    application.refresh_from_db()
    assert application.brand_name == "乙"
    save_draft(application=application, wish=here, version=lost.value.now.version, at=NOW)
    assert application.brand_name == "甲"


def test_what_was_sent_is_not_changed_any_more() -> None:
    application = submitted()
    with pytest.raises(NotChangeable):
        save_draft(application=application, wish=Wish(), version=application.version, at=NOW)
    with pytest.raises(NotChangeable):
        discard_draft(application=application)
    with pytest.raises(NotChangeable):
        remove_paper(paper=application.papers.first())
    assert application.wanted.count() == 1 and application.papers.count() == 2


def test_a_paper_is_kept_once_and_taken_away_with_its_file(django_capture_on_commit_callbacks) -> None:
    application = LicenceApplicationFactory(complete=False)
    both = [
        add_paper(
            application=application,
            kind="origin",
            file=ContentFile(PDF, name="a.pdf"),
            name="x",
            at=NOW,
        )
        for _ in range(2)
    ]
    assert both[0] == both[1] and application.papers.count() == 1
    storage, name = both[0].file.storage, both[0].file.name
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        remove_paper(paper=both[0])
    assert not storage.exists(name)


def test_more_papers_than_anybody_reads_are_refused(monkeypatch) -> None:
    monkeypatch.setattr("brand.licences.applications.papers.MOST_PAPERS", 2)
    application = LicenceApplicationFactory()
    with pytest.raises(TooManyPapers):
        add_paper(
            application=application, kind="other", file=ContentFile(PDF, name="a.pdf"), name="x", at=NOW
        )
    assert application.papers.count() == 2


def test_no_paper_slips_into_an_application_that_was_sent_meanwhile(monkeypatch) -> None:
    application = LicenceApplicationFactory()
    storage = ApplicationPaper._meta.get_field("file").storage
    kept, save = [], storage.save

    def sent_meanwhile(name, content):
        submit_application(application=application, by=application.applicant, at=NOW)
        kept.append(save(name, content))
        return kept[-1]

    monkeypatch.setattr(storage, "save", sent_meanwhile)
    with pytest.raises(NotChangeable):
        add_paper(
            application=application, kind="other", file=ContentFile(PDF, name="a.pdf"), name="x", at=NOW
        )
    assert application.papers.count() == 2 and not storage.exists(kept[0])


def test_a_draft_is_thrown_away_with_its_papers(django_capture_on_commit_callbacks) -> None:
    application = LicenceApplicationFactory(complete=False)
    paper = add_paper(
        application=application, kind="other", file=ContentFile(PDF, name="a.pdf"), name="x", at=NOW
    )
    with django_capture_on_commit_callbacks(execute=True):
        discard_draft(application=application)
    assert not LicenceApplication.objects.exists() and not ApplicationPaper.objects.exists()
    assert not paper.file.storage.exists(paper.file.name)


def test_sending_an_empty_draft_names_everything_that_is_missing() -> None:
    application = LicenceApplicationFactory(
        complete=False, brand_name="", uses=[], trademark_classes=[], purpose="葱"
    )
    with pytest.raises(NotComplete) as refused:
        submit_application(application=application, by=application.applicant, at=NOW)
    assert list(refused.value.problems) == [
        "brand_name", "products", "trademark_classes", "uses", "purpose", "papers",
    ]  # fmt: skip
    application.refresh_from_db()
    assert (application.state, application.number) == (State.DRAFT, None)


def test_a_household_has_no_business_licence_and_a_renewal_has_shown_it() -> None:
    application = LicenceApplicationFactory(tie__member__kind=Member.Kind.HOUSEHOLD)
    application.papers.filter(kind="business").delete()
    submit_application(application=application, by=application.applicant, at=NOW)
    other = LicenceApplicationFactory()
    other.papers.filter(kind="business").delete()
    with pytest.raises(NotComplete, match=r"\S"):
        submit_application(application=other, by=other.applicant, at=NOW)


def test_sending_gives_a_number_and_a_day_by_which_it_is_read(django_capture_on_commit_callbacks) -> None:
    officer = person("brand_officer")
    application = LicenceApplicationFactory()
    LicenceRules.objects.create(region=application.region, number_prefix="LC", review_days=4)
    with django_capture_on_commit_callbacks(execute=True):
        submit_application(application=application, by=application.applicant, at=NOW)
    assert application.number == "LC-SQ-2026-0001"
    assert application.due_on == TODAY + timedelta(days=4)
    notice = Notice.objects.get(user=officer)
    assert application.member.name in notice.subject and notice.url.startswith("/cms/")
    with pytest.raises(AlreadyMoved):
        submit_application(application=application, by=application.applicant, at=NOW)
    assert verbs(application) == ["submitted"]


def test_an_officer_sends_it_back_with_remarks_beside_the_fields(django_capture_on_commit_callbacks) -> None:
    application = submitted()
    number = application.number
    with django_capture_on_commit_callbacks(execute=True):
        return_application(
            application=application,
            remarks={"papers": "检测报告过期了", "brand_name": "  ", "state": "licensed"},
            note="其余都好",
            by=person("brand_officer"),
            at=NOW,
        )
    assert application.state == State.RETURNED
    assert application.remarks == {"papers": "检测报告过期了", "whole": "其余都好"}
    assert (
        Notice.objects.get(user=application.applicant).url
        == f"/members/licences/applications/{application.pk}/"
    )
    submit_application(application=application, by=application.applicant, at=NOW)
    assert (application.number, application.remarks) == (number, {})


def test_nothing_is_sent_back_without_a_remark() -> None:
    application = submitted()
    with pytest.raises(NoRemark):
        return_application(application=application, remarks={"uses": " "}, by=person("brand_officer"), at=NOW)
    application.refresh_from_db()
    assert application.state == State.SUBMITTED


def test_of_two_officers_one_wins_and_the_other_hears_who() -> None:
    application = submitted()
    first, second = person("brand_officer", last_name="赵", first_name="建国"), person("brand_officer")
    seen = application.version  # both look at the same page
    accept_application(application=application, by=first, at=NOW, seen=seen)
    with pytest.raises(AlreadyMoved, match="赵"):
        return_application(application=application, remarks={"uses": "少一项"}, by=second, at=NOW, seen=seen)
    application.refresh_from_db()
    assert (application.state, application.remarks) == (State.ACCEPTED, {})
    assert verbs(application) == ["submitted", "accepted"]


def test_nobody_reviews_or_visits_their_own_company() -> None:
    application = submitted()
    own = application.applicant
    with pytest.raises(ConflictOfInterest):
        accept_application(application=application, by=own, at=NOW)
    with pytest.raises(ConflictOfInterest):
        return_application(application=application, remarks={"uses": "x"}, by=own, at=NOW)
    application = accepted()
    with pytest.raises(ConflictOfInterest):
        visit(application, by=application.applicant)
    assert not SiteCheck.objects.exists()


def test_a_visit_that_passes_leads_on_and_one_that_fails_waits_for_the_next() -> None:
    application, officer = accepted(), person("brand_officer")
    bad = {**ALL_GOOD, "packaging": "bad"}
    visit(application, by=officer, findings=bad, passed=False, words="纸箱没上锁，十天内改好。")
    assert application.state == State.ACCEPTED
    visit(application, by=officer)
    assert application.state == State.CHECKED
    assert [check.passed for check in application.site_checks.all()] == [False, True]
    with pytest.raises(AlreadyMoved):
        visit(application, by=officer)


@pytest.mark.parametrize(
    "wrong",
    [
        {"checked_on": TODAY + timedelta(days=1)},
        {"findings": {}},
        {"findings": {**ALL_GOOD, "place": "maybe"}},
        {"findings": {**ALL_GOOD, "place": "bad"}},
        {"passed": False, "words": " "},
        {"photos": [ContentFile(b"x", name="p.jpg")] * 21},
    ],
)
def test_a_record_that_cannot_be_is_refused(wrong) -> None:
    application = accepted()
    with pytest.raises(CheckRefused):
        visit(application, by=person("brand_officer"), **wrong)
    assert not SiteCheck.objects.exists()


def test_photos_of_a_refused_visit_do_not_stay() -> None:
    application = submitted()  # does not wait for a visit
    storage = ApplicationPaper._meta.get_field("file").storage
    folder = "licences/site-checks/2026/11"
    before = set(storage.listdir(folder)[1]) if storage.exists(folder) else set()
    with pytest.raises(AlreadyMoved):
        visit(application, by=person("brand_officer"), photos=[ContentFile(b"x", name="refused.jpg")])
    assert set(storage.listdir(folder)[1]) == before


def test_a_passed_visit_still_counts_after_a_correction() -> None:
    application = checked()
    officer = person("brand_officer")
    return_application(application=application, remarks={"uses": "写全"}, by=officer, at=NOW)
    submit_application(application=application, by=application.applicant, at=NOW)
    accept_application(application=application, by=officer, at=NOW)
    assert application.state == State.CHECKED


def test_a_member_takes_an_application_back_until_it_is_decided() -> None:
    application = checked()
    withdraw_application(application=application, by=application.applicant, at=NOW)
    assert application.state == State.WITHDRAWN
    with pytest.raises(AlreadyMoved):
        withdraw_application(application=application, by=application.applicant, at=NOW)


def test_a_renewal_opens_three_months_before_the_end_and_once() -> None:
    tie = RepresentativeFactory()
    late = LicenceFactory(member=tie.member, valid_to=date(2027, 2, 24))
    soon = LicenceFactory(member=tie.member, valid_to=date(2027, 2, 23))
    with pytest.raises(NotRenewable, match="2026-11-24"):
        begin_application(member=tie.member, wish=Wish(), by=tie.user, at=NOW, renews=late)
    begin_application(member=tie.member, wish=Wish(), by=tie.user, at=NOW, renews=soon)
    with pytest.raises(NotRenewable):
        begin_application(member=tie.member, wish=Wish(), by=tie.user, at=NOW, renews=soon)
    assert LicenceApplication.objects.count() == 1


@pytest.mark.parametrize(
    "facts",
    [
        {"state": Licence.State.SUSPENDED},
        {"state": Licence.State.REVOKED},
        {"valid_to": TODAY - timedelta(days=1)},
    ],
)
def test_what_does_not_hold_is_not_renewed(facts) -> None:
    tie = RepresentativeFactory()
    licence = LicenceFactory(member=tie.member, **{"valid_to": TODAY, **facts})
    with pytest.raises(NotRenewable):
        begin_application(member=tie.member, wish=Wish(), by=tie.user, at=NOW, renews=licence)
    foreign = LicenceFactory(member=MemberFactory(), valid_to=TODAY)
    with pytest.raises(NotRenewable):
        begin_application(member=tie.member, wish=Wish(), by=tie.user, at=NOW, renews=foreign)


def test_the_database_refuses_what_does_not_fit_together() -> None:
    application = submitted()
    rows = LicenceApplication.objects.filter(pk=application.pk)
    for wrong in (
        {"number": None},
        {"state": State.LICENSED},
        {"publicity_from": TODAY, "publicity_to": TODAY},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


def test_officers_hear_once_of_what_waits(django_capture_on_commit_callbacks) -> None:
    officer = person("brand_officer")
    application = submitted()
    late = NOW + timedelta(days=30)
    assert remind_officers(at=NOW) == 0
    assert [remind_officers(at=late), remind_officers(at=late + timedelta(days=1))] == [1, 1]
    notice = Notice.objects.get(user=officer, kind="licence_application_overdue")
    assert application.number in notice.subject


def test_an_application_stays_without_the_person_whose_account_is_deleted() -> None:
    application = submitted()
    assert export(application.applicant)["licence_applications"][0]["number"] == application.number
    erase(user=application.applicant, at=NOW)
    application.refresh_from_db()
    assert (application.applicant, application.state) == (None, State.SUBMITTED)
