"""The register: what the database refuses, how filings stand, filing in many classes, renewal, reminders."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from brand.acts.models import acts_on
from brand.models import Act, Filing
from brand.trademarks.acts import CannotRenew, file_in_classes, renew
from brand.trademarks.export import workbook
from brand.trademarks.matrix import matrix
from brand.trademarks.reminders import endings, remind
from brand.trademarks.standing import STANDINGS, standing
from changes.models import Change
from notices.models import Notice
from tests.factories.accounts import person
from tests.factories.brand import RegionFactory
from tests.factories.trademarks import FilingFactory, TrademarkFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "facts",
    [
        {"nice_class": 46},
        {"nice_class": 0},
        {"applied_on": None},
        {"published_on": date(2024, 2, 1)},
        {"registered": True, "registered_on": date(2024, 2, 1)},
        {"registered": True, "number": ""},
        {"registered": True, "expires_on": None},
        {"registered": True, "expires_on": date(2025, 3, 14)},
        {"registered": True, "published_on": date(2025, 4, 1)},
    ],
)
def test_the_database_refuses_what_cannot_be(facts: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        FilingFactory(**facts)
    assert not Filing.objects.exists()


def test_a_number_stands_once_in_a_class_and_may_cover_several() -> None:
    FilingFactory(number="示例1", nice_class=29)
    FilingFactory(number="示例1", nice_class=30)
    with pytest.raises(IntegrityError), transaction.atomic():
        FilingFactory(number="示例1", nice_class=29)
    FilingFactory(number="", nice_class=29)
    FilingFactory(number="", nice_class=29)


def test_every_state_has_a_standing_and_dates_add_three_more() -> None:
    assert set(Filing.State.values) <= set(STANDINGS)
    assert set(STANDINGS) - set(Filing.State.values) == {"renewable", "grace", "lapsed"}
    signs = [one.sign for one in STANDINGS.values()]
    assert len(set(signs)) == len(signs)


@pytest.mark.parametrize(
    ("expires_on", "expected"),
    [
        (date(2030, 1, 1), "registered"),
        (date(2027, 11, 22), "renewable"),
        (date(2026, 11, 1), "grace"),
        (date(2026, 1, 1), "lapsed"),
    ],
)
def test_a_registration_stands_where_its_dates_say(expires_on: date, expected: str) -> None:
    filing = FilingFactory.build(
        trademark=None, state="registered", registered_on=date(2016, 1, 1), expires_on=expires_on
    )
    assert standing(filing, on=DAY).key == expected


def test_the_table_has_45_classes_and_the_strongest_filing_speaks() -> None:
    mark = TrademarkFactory()
    FilingFactory(trademark=mark, state="refused")
    kept = FilingFactory(trademark=mark, registered=True)
    FilingFactory(trademark=mark)
    table = matrix(mark.region, on=DAY, public=True)
    assert [row.number for row in table.rows] == list(range(1, 46))
    cell = table.rows[30].cells[0]
    assert (cell.filing, cell.standing and cell.standing.key, cell.more) == (kept, "registered", 2)
    assert [(one.key, count) for one, count in table.counts(mark)] == [("registered", 1)]


def test_the_public_sees_no_plans_and_no_other_county() -> None:
    mark = TrademarkFactory()
    FilingFactory(trademark=mark, state="planned", applied_on=None)
    other = TrademarkFactory(region=RegionFactory(slug="daning", name="大宁", adcode="141030"))
    assert all(row.is_empty for row in matrix(mark.region, on=DAY, public=True).rows)
    inside = matrix(mark.region, on=DAY, public=False)
    assert not inside.rows[30].is_empty
    assert other not in inside.trademarks
    assert matrix(None, on=DAY, public=False).trademarks == (mark, other)


def test_the_table_takes_two_queries_however_many_there_are() -> None:
    mark = TrademarkFactory()
    for number in range(1, 46):
        FilingFactory(trademark=mark, nice_class=number)
    with CaptureQueriesContext(
        connection,
    ) as few:
        matrix(mark.region, on=DAY, public=False)
    assert len(few) == 2


def test_filing_in_many_classes_leaves_what_is_filed_and_leaves_a_trail() -> None:
    mark, officer = TrademarkFactory(), person("brand_officer")
    FilingFactory(trademark=mark, nice_class=29)
    FilingFactory(trademark=mark, nice_class=30, state="refused")
    made = file_in_classes(trademark=mark, classes=[29, 30, 31, 99], applied_on=DAY, by=officer, at=NOW)
    assert [(one.nice_class, one.state, one.applied_on) for one in made] == [
        (30, "applied", DAY), (31, "applied", DAY),
    ]  # fmt: skip
    assert Act.objects.filter(verb="entered", by=officer).count() == 2
    assert Change.objects.filter(thing=f"brand.trademark:{mark.pk}", region="lucheng").exists()
    assert not file_in_classes(trademark=mark, classes=[29, 30, 31], applied_on=None, by=officer, at=NOW)


def test_without_a_day_they_are_planned() -> None:
    [one] = file_in_classes(trademark=TrademarkFactory(), classes=[5], applied_on=None, by=None, at=NOW)
    assert one.state == "planned"


def test_a_renewal_adds_ten_years_once() -> None:
    filing = FilingFactory(registered=True, registered_on=date(2017, 1, 10), applied_on=date(2016, 1, 1))
    first, second = Filing.objects.get(), Filing.objects.get()
    officer = person("brand_officer")
    assert renew(filing=first, by=officer, at=NOW, note="续展 1 号") == date(2037, 1, 9)
    with pytest.raises(CannotRenew):
        renew(filing=second, by=officer, at=NOW)
    filing.refresh_from_db()
    assert filing.expires_on == date(2037, 1, 9)
    [act] = acts_on(filing)
    assert (act.verb, act.note, act.detail) == (
        "renewed", "续展 1 号", {"expires_on": ["2027-01-09", "2037-01-09"]},
    )  # fmt: skip


@pytest.mark.parametrize(
    "facts",
    [
        {"registered": True, "registered_on": date(2025, 3, 14)},
        {"registered": True, "registered_on": date(2015, 3, 14), "applied_on": date(2014, 1, 1)},
        {"state": "applied"},
    ],
    ids=["too early", "too late", "not registered"],
)
def test_a_renewal_out_of_time_is_refused_and_changes_nothing(facts: dict[str, object]) -> None:
    filing = FilingFactory(**facts)
    with pytest.raises(CannotRenew):
        renew(filing=filing, by=None, at=NOW)
    assert Filing.objects.get().expires_on == filing.expires_on
    assert not Act.objects.exists()


def test_one_notice_for_all_classes_that_end_together_and_only_once_a_step() -> None:
    officer = person("brand_officer")
    mark = TrademarkFactory(name="卢医山")
    for number in (30, 31):
        FilingFactory(
            trademark=mark, nice_class=number, registered=True,
            registered_on=date(2017, 1, 10), applied_on=date(2016, 1, 1),
        )  # fmt: skip
    FilingFactory(trademark=mark, nice_class=5, registered=True)
    [ending] = endings(on=DAY)
    assert (ending.classes, ending.expires_on) == ((30, 31), date(2027, 1, 9))
    remind(at=NOW)
    remind(at=NOW)
    [notice] = Notice.objects.filter(user=officer)
    assert "卢医山" in notice.subject and "2027-01-09" in notice.text
    remind(at=datetime(2026, 12, 20, 2, tzinfo=UTC))  # a month before; the days between were missed
    assert Notice.objects.filter(user=officer).count() == 2
    remind(at=datetime(2027, 1, 10, 2, tzinfo=UTC))
    assert "2027-07-09" in Notice.objects.filter(user=officer).latest("pk").text
    remind(at=datetime(2027, 8, 1, 2, tzinfo=UTC))
    assert Notice.objects.filter(user=officer).count() == 3


def test_the_workbook_has_the_table_and_every_filing_and_no_formula() -> None:
    filing = FilingFactory(registered=True, note="=1+1")
    book = load_workbook(BytesIO(workbook(filing.trademark.region, on=DAY)))
    table, rows = book.worksheets
    assert table.max_row == 46
    assert filing.number in str(table.cell(32, 3).value)
    cells = [cell for row in rows.iter_rows(min_row=2) for cell in row]
    assert any(cell.value == "=1+1" and cell.data_type == "s" for cell in cells)
    assert any(cell.value == datetime(2035, 3, 13) for cell in cells)
