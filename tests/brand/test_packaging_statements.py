"""The monthly statement: it opens where the month before closed, and a month that is over never changes."""

from datetime import UTC, date, datetime
from io import BytesIO

import pypdfium2
import pytest
from openpyxl import load_workbook

from brand.models import PackagingMovement
from brand.packaging.leaving import hand_out
from brand.packaging.papers import note_pdf, statement_pdf, write_workbook
from brand.packaging.reporting import report_use
from brand.packaging.returning import take_back_at_once
from brand.packaging.shelf import receive, write_off
from brand.packaging.statements import month_after, month_before, month_of, statement
from tests.factories.accounts import person
from tests.factories.packaging import PackagingQuotaFactory

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER, TODAY = date(2026, 10, 1), date(2026, 11, 1), date(2026, 11, 23)


def at(month: int, day: int, hour: int = 2) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.fixture
def quota():
    """Two months of one item and one member."""
    quota, officer = (
        PackagingQuotaFactory(item__price="3.20", item__name="潞城大葱提箱"),
        person("brand_officer"),
    )
    item, licence = quota.item, quota.licence
    facts = {"by": officer}
    receive(item=item, quantity=500, note="", at=at(10, 5), **facts)
    hand_out(licence=licence, quantities={item: 200}, collector="王秀兰", at=at(10, 8), **facts)
    report_use(member=licence.member, item=item, used=90, spoiled=4, note="压坏", at=at(10, 20), by=None)
    # 00:30 on the first of November in Shanghai is still October in UTC
    write_off(item=item, quantity=10, reason="受潮", at=at(10, 31, 16), **facts)
    take_back_at_once(member=licence.member, item=item, good=30, damaged=1, note="", at=at(11, 2), **facts)
    return quota


def test_opening_and_what_moved_is_closing(quota) -> None:
    october = statement(region=quota.item.region, first=OCTOBER, today=TODAY)
    (line,) = october.items
    assert (line.opening, line.received, line.issued, line.spoiled, line.closing) == (0, 500, 200, 0, 300)
    (own,) = october.members
    assert (own.opening, own.issued, own.used, own.spoiled, own.closing) == (0, 200, 90, 4, 106)
    november = statement(region=quota.item.region, first=NOVEMBER, today=TODAY)
    (line,) = november.items
    assert (line.opening, line.returned, line.spoiled, line.closing) == (300, 30, 10, 320)
    (own,) = november.members
    assert (own.opening, own.returned, own.spoiled, own.closing) == (106, 30, 1, 75)
    assert october.is_over
    assert not november.is_over
    assert october.problems == november.problems == []


def test_a_ledger_that_was_tampered_with_does_not_agree(quota) -> None:
    PackagingMovement._base_manager.filter(kind="spoilage").delete()
    assert statement(region=quota.item.region, first=NOVEMBER, today=TODAY).problems


def test_a_member_sees_its_own_lines_alone(quota) -> None:
    other = PackagingQuotaFactory(item=quota.item).licence.member
    assert statement(region=quota.item.region, first=NOVEMBER, today=TODAY, member=other).members == []


def test_queries_do_not_grow_with_items_and_members(quota, django_assert_num_queries) -> None:
    for _ in range(3):
        more = PackagingQuotaFactory(licence__member=quota.licence.member)
        receive(item=more.item, quantity=5, note="", by=None, at=at(11, 3))
    with django_assert_num_queries(5):
        statement(region=quota.item.region, first=NOVEMBER, today=TODAY)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("2026-10", OCTOBER),
        ("", NOVEMBER),
        ("2026-13", NOVEMBER),
        ("2027-01", NOVEMBER),
        ("0001-01", date(2020, 1, 1)),
    ],
)
def test_a_month_is_read_tolerantly_and_never_lies_ahead(text, first) -> None:
    assert month_of(text, today=TODAY) == first


def test_months_follow_one_another_over_the_year() -> None:
    assert month_after(date(2026, 12, 1)) == date(2027, 1, 1)
    assert month_before(date(2027, 1, 1)) == date(2026, 12, 1)


def test_the_workbook_holds_numbers_and_names_that_are_no_formulas(quota) -> None:
    quota.item.name = "=cmd()"
    quota.item.save()
    out = BytesIO()
    write_workbook(statement(region=quota.item.region, first=OCTOBER, today=TODAY), out)
    items, members = load_workbook(out).worksheets
    row = [cell.value for cell in items[3]]
    assert row[2:] == [0, 500, 0, 0, 200, 0, 300]
    assert items["A3"].data_type == "s"
    assert [cell.value for cell in members[3]][3:] == [0, 200, 90, 4, 0, 106]


def words_of(paper: bytes) -> str:
    pages = pypdfium2.PdfDocument(paper)
    return "".join(page.get_textpage().get_text_bounded() for page in pages)


def test_the_statement_on_paper_says_the_same(quota) -> None:
    text = words_of(statement_pdf(statement(region=quota.item.region, first=OCTOBER, today=TODAY)))
    for word in ("包装月报表", "2026 年 10 月", "潞城大葱提箱", "500", "300", "106"):
        assert word in text


def test_a_receipt_note_says_who_took_what_for_how_much(quota) -> None:
    request = quota.licence.packaging_requests.get()
    text = words_of(note_pdf(request))
    for word in (request.note_number, quota.licence.number, "王秀兰", "200 个", "3.20", "640.00"):
        assert word in text
    assert note_pdf(request) == note_pdf(request)
