"""Filling an application in: whatever is typed is kept, two windows lose nothing, papers stay."""

import pytest

from brand.membership.completeness import problems
from brand.membership.drafts import (
    ChangedMeanwhile,
    NotOpen,
    TooManyOpen,
    begin_application,
    delete_draft,
    differences,
    save_draft,
    withdraw_application,
)
from brand.membership.models import MembershipApplication, MembershipPaper
from brand.membership.papers import TooManyPapers, add_paper, remove_paper
from brand.membership.phone import ask_for_code, confirm_phone, is_confirmed
from brand.phones import WrongCode
from brand.private import private_storage
from lib.documents import NotADocument
from notices.gateways import memory
from tests.factories.accounts import UserFactory
from tests.factories.brand import MemberFactory, RegionFactory
from tests.factories.membership import CODE, NOW, OTHER_CODE, WORDS, begun, complete, pdf, photo, sent

pytestmark = pytest.mark.django_db


def save(application, version=None, **values):
    return save_draft(application=application, values=values, version=version or application.version, at=NOW)


def files_of(application) -> list[str]:
    folder = f"membership/{application.pk}"
    return private_storage().listdir(folder)[1] if private_storage().exists(folder) else []


def test_an_account_with_a_confirmed_number_need_not_confirm_it_again() -> None:
    assert is_confirmed(begun())
    plain = begun(applicant=UserFactory(phone="139 0000 1234", verified=False))
    assert plain.contact_phone and not is_confirmed(plain)


def test_a_draft_keeps_what_is_wrong_and_what_is_half() -> None:
    draft = save(begun(), credit_code="9314", contact_email="no mail", goods="")
    assert (draft.credit_code, draft.contact_email) == ("9314", "no mail")
    found = problems(draft)
    assert {"name", "credit_code", "contact_email", "papers", "promised"} <= found.keys()


def test_the_second_of_two_windows_is_told_and_both_texts_are_there() -> None:
    first = save(begun(), name="店上合作社")
    mine = {"name": "店上大葱合作社", "goods": "大葱"}
    with pytest.raises(ChangedMeanwhile) as lost:
        save(first, version=1, **mine)
    assert differences(lost.value.application, mine) == {"name": "店上合作社", "goods": ""}
    assert MembershipApplication.objects.get().name == "店上合作社"


def test_the_same_text_from_two_windows_is_no_conflict() -> None:
    first = save(begun(), name="店上合作社")
    assert save(first, version=1, name="店上合作社").version == first.version


def test_what_was_sent_off_is_not_changed_from_an_old_window() -> None:
    application = sent()
    with pytest.raises(NotOpen):
        save(application, name="别的")
    with pytest.raises(NotOpen):
        add_paper(application=application, kind="other", upload=photo(), at=NOW)
    with pytest.raises(NotOpen):
        remove_paper(paper=application.papers.get())
    application.refresh_from_db()
    assert application.name == WORDS["name"] and application.papers.count() == 1


def test_one_person_does_not_fill_in_applications_without_end() -> None:
    user = UserFactory()
    for _ in range(5):
        begun(applicant=user)
    with pytest.raises(TooManyOpen):
        begun(applicant=user)
    assert MembershipApplication.objects.count() == 5


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"credit_code": "93140406MAXXXX0155"}, "credit_code"),
        ({"credit_code": ""}, "credit_code"),
        ({"credit_code": "93140406"}, "credit_code"),
        ({"contact_phone": "0355 123"}, "contact_phone"),
        ({"contact_phone": "139 0000 1234"}, "contact_phone"),
        ({"contact_email": "x@"}, "contact_email"),
        ({"promised": False}, "promised"),
        ({"name": "   "}, "name"),
    ],
)
def test_what_is_missing_or_wrong_is_named_by_its_field(words, field) -> None:
    assert set(problems(complete(**words))) == {field}


def test_a_household_needs_no_credit_code_but_shows_where_it_grows() -> None:
    household = complete(kind="household", credit_code="")
    assert set(problems(household)) == {"papers"}
    add_paper(application=household, kind="place", upload=photo(), at=NOW)
    assert problems(household) == {}


def test_a_company_that_is_a_member_or_has_applied_is_told_so() -> None:
    MemberFactory(credit_code=CODE)
    assert set(problems(complete())) == {"credit_code"}
    sent(credit_code=OTHER_CODE, applicant=UserFactory())
    second = complete(credit_code=OTHER_CODE, applicant=UserFactory())
    assert set(problems(second)) == {"credit_code"}


def test_the_number_is_confirmed_by_its_code_until_it_changes() -> None:
    memory.outbox.clear()
    application = save(begun(applicant=UserFactory()), contact_phone="139 0000 4321")
    ask_for_code(application=application, user=application.applicant, address="", at=NOW)
    code = memory.outbox[-1].params["code"]
    with pytest.raises(WrongCode):
        confirm_phone(application=application, typed=f"{(int(code) + 1) % 1_000_000:06d}", at=NOW)
    assert not is_confirmed(application)
    confirm_phone(application=application, typed=code, at=NOW)
    application.refresh_from_db()
    assert is_confirmed(application)
    assert not is_confirmed(save(application, contact_phone="139 0000 4322"))


def test_papers_are_judged_by_content_and_kept_once() -> None:
    draft = begun()
    before = set(files_of(draft))  # of tests that were rolled back
    for _ in range(2):
        add_paper(application=draft, kind="licence", upload=pdf("C:\\扫描\\执照.pdf"), at=NOW)
    add_paper(application=draft, kind="licence", upload=photo(), at=NOW)
    with pytest.raises(NotADocument):
        add_paper(application=draft, kind="licence", upload=pdf("x.pdf", b"<script>"), at=NOW)
    assert [paper.name for paper in draft.papers.all()] == ["执照.pdf", "执照.jpg"]
    kept = {name.rpartition("/")[2] for name in draft.papers.values_list("file", flat=True)}
    assert set(files_of(draft)) - before == kept


def test_there_are_papers_enough_at_twenty() -> None:
    draft = begun()
    MembershipPaper.objects.bulk_create(
        MembershipPaper(application=draft, kind="other", name="x", size=1, sha256=str(n), added_at=NOW)
        for n in range(20)
    )
    with pytest.raises(TooManyPapers):
        add_paper(application=draft, kind="licence", upload=pdf(), at=NOW)
    assert draft.papers.count() == 20


def test_a_removed_paper_and_a_deleted_draft_take_their_files_along(
    django_capture_on_commit_callbacks,
) -> None:
    draft = complete()
    name = draft.papers.get().file.name
    with django_capture_on_commit_callbacks(execute=True):
        remove_paper(paper=draft.papers.get())
    assert not private_storage().exists(name)
    other = add_paper(application=draft, kind="licence", upload=photo(), at=NOW).file.name
    with django_capture_on_commit_callbacks(execute=True):
        delete_draft(application=draft)
    assert not private_storage().exists(other) and not MembershipApplication.objects.exists()


def test_what_was_sent_off_is_taken_back_not_deleted() -> None:
    application = sent()
    with pytest.raises(NotOpen):
        delete_draft(application=application)
    withdraw_application(application=application, by=application.applicant, at=NOW)
    application.refresh_from_db()
    assert application.state == "withdrawn"
    with pytest.raises(NotOpen):
        withdraw_application(application=application, by=application.applicant, at=NOW)


def test_a_new_application_begins_with_the_text_of_the_old_one() -> None:
    old = sent()
    withdraw_application(application=old, by=old.applicant, at=NOW)
    new = begin_application(region=RegionFactory(), applicant=old.applicant, at=NOW, like=old)
    assert (new.name, new.credit_code, new.number, new.promised) == (old.name, CODE, None, False)
    assert is_confirmed(new) and not new.papers.exists()
