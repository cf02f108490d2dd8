"""Events from a spreadsheet: a report on each line first, what contradicts kept and shown, nothing twice."""

import re
import zipfile
from datetime import UTC, datetime
from io import BytesIO

import pytest
from openpyxl import Workbook

from record.importing.imports import check_again, keep_sheet, record_lines
from record.importing.sheet import NotASheet, read_sheet
from record.models import Event, EventImport, Substance
from record.timeline import batch_record
from tests.factories.accounts import person
from tests.factories.record import NOW, BatchFactory, Stage, event

pytestmark = pytest.mark.django_db
HEADINGS = ["批号*", "环节", "作业", "做了什么*", "时间*", "责任主体", "投入", "产出", "备注"]


@pytest.fixture
def batch():
    return BatchFactory(lot="LC261027-03", planted_on=None, harvested_on=None)


@pytest.fixture
def operator():
    return person("trace_operator")


def xlsx(*rows, headings=HEADINGS):
    book = Workbook()
    for row in (headings, *rows):
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def line(title="浇水", at="2026-08-26 08:15", *, lot="LC261027-03", stage="生产", step="灌溉", **more):
    names = ("responsible", "inputs", "outputs", "note")
    return [lot, stage, step, title, at, *(more.get(name, "") for name in names)]


def kept(*rows, user, **options):
    return keep_sheet(name="events.xlsx", content=xlsx(*rows, **options), user=user, at=NOW)


def report(source):
    return [(each.number, each.state, " ".join(each.problems)) for each in source.lines.order_by("number")]


def test_a_dry_run_comes_first_and_records_nothing(batch, operator):
    source = kept(line(), line("施肥", "2026/8/27", step="", inputs="羊粪 3000 千克；水"), user=operator)
    assert [(number, state) for number, state, _why in report(source)] == [(2, "ready"), (3, "ready")]
    assert not Event.objects.exists()


def test_lines_become_events(batch, operator):
    member = batch.product.member
    row = line(responsible=member.name, inputs="羊粪 3000 千克;水", note="先撒粪")
    source = kept(row, user=operator)
    assert record_lines(source=source, user=operator, at=NOW) == 1
    made = Event.objects.get()
    assert (made.source, made.step, made.responsible, made.note) == ("import", "irrigation", member, "先撒粪")
    assert made.at == datetime(2026, 8, 26, 0, 15, tzinfo=UTC)
    assert [item["what"] for item in made.inputs] == ["羊粪", "水"]
    assert report(source) == [(2, "recorded", "")] and source.lines.get().event == made


FAULTY = [
    (line(lot="XX-1"), "XX-1"),
    (line(stage="飞行"), "飞行"),
    (line(stage="", step=""), "环节"),
    (line(title=""), "做了什么"),
    (line(at="明天"), "明天"),
    (line(at="2026-13-01"), "2026-13-01"),
    (line(at="2027-01-01"), "还没到"),
    (line(responsible="没有这家"), "没有这家"),
    (line(step="除虫", inputs="甲胺磷 1 升"), "甲胺磷"),
    (line(inputs="长" * 90), "长长"),
]


@pytest.mark.parametrize(("row", "says"), FAULTY, ids=[says for _row, says in FAULTY])
def test_a_line_that_cannot_be_says_why(batch, operator, row, says):
    source = kept(row, line(), user=operator)
    (_, state, why), (_, other, _) = report(source)
    assert (state, other) == ("faulty", "ready") and re.search(says, why)
    assert record_lines(source=source, user=operator, at=NOW) == 1
    assert Event.objects.count() == 1 and source.lines.get(number=2).state == "faulty"


def test_a_fixed_line_is_recorded_and_the_others_are_known_again(batch, operator):
    first = kept(line(), line(lot="LC261027-3", title="施肥"), user=operator)
    record_lines(source=first, user=operator, at=NOW)
    second = kept(line(), line(title="施肥"), user=operator)
    assert [state for _n, state, _w in report(second)] == ["known", "ready"]
    assert record_lines(source=second, user=operator, at=NOW) == 1
    assert Event.objects.count() == 2


def test_an_import_that_is_pressed_twice_records_once(batch, operator):
    source = kept(line(), line("施肥"), user=operator)
    assert record_lines(source=source, user=operator, at=NOW) == 2
    assert record_lines(source=source, user=operator, at=NOW) == 0
    assert Event.objects.count() == 2


def test_the_same_line_twice_in_a_file_is_one(batch, operator):
    source = kept(line(), line(), user=operator)
    assert [state for _n, state, _w in report(source)] == ["ready", "faulty"]
    assert "2" in report(source)[1][2]


def test_what_was_missing_may_be_entered_meanwhile(operator, batch):
    source = kept(line(step="除虫", inputs="1% 苦参碱 300 毫升"), user=operator)
    assert report(source)[0][1] == "faulty"
    Substance.objects.create(kind="pesticide", name="1% 苦参碱", registration="PD20132710", safety_days=7)
    check_again(source=source, at=NOW)
    assert report(source) == [(2, "ready", "")]


def test_a_contradiction_is_kept_and_shown_and_later_entries_are_not_measured_by_it(batch, operator):
    event(batch, Stage.PLANTING, day="2026-06-12", title="移栽")
    source = kept(line(at="2026-06-01"), user=operator)
    assert report(source)[0][1] == "conflict" and "2026-06-12" in report(source)[0][2]
    assert record_lines(source=source, user=operator, at=NOW) == 1
    told = [entry for entry in batch_record(batch.__class__.objects.get()).entries if entry.conflicts]
    assert len(told) == 1 and "2026-06-12" in str(told[0].conflicts[0])
    event(batch, Stage.PLANTING, day="2026-06-10", title="整地")  # not refused because of the line


def test_lines_are_measured_against_the_lines_above(batch, operator):
    rows = (
        line("分拣", "2026-08-01", stage="加工", step="分拣"),
        line("上架", "2026-07-01", stage="销售", step=""),
    )
    assert [state for _n, state, _w in report(kept(*rows, user=operator))] == ["ready", "conflict"]


def test_a_csv_of_a_chinese_windows_is_read(batch, operator):
    text = "批号;做了什么;日期;作业\nLC261027-03;浇水;2026年8月26日 8:15;灌溉\n"
    source = keep_sheet(name="a.csv", content=text.encode("gb18030"), user=operator, at=NOW)
    assert report(source) == [(2, "ready", "")]
    assert bytes(EventImport.objects.get().content) == text.encode("gb18030")


def bomb():
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04nonsense",
        b"\x00\x01\x02",
        "做了什么,时间\n浇水,2026-08-26\n".encode(),
        bomb(),
        b"x" * 3_000_000,
    ],
    ids=["empty", "no zip", "binary", "without lots", "bomb", "too large"],
)
def test_what_is_no_table_is_refused_and_not_kept(operator, content):
    with pytest.raises(NotASheet):
        keep_sheet(name="a.xlsx", content=content, user=operator, at=NOW)
    assert not EventImport.objects.exists()


def test_a_long_table_is_refused():
    with pytest.raises(NotASheet, match=r"1,000"):
        read_sheet(("批号,做了什么,时间\n" + "A,b,2026-01-01\n" * 1001).encode())


def test_the_check_makes_few_queries_however_many_lines(batch, operator, django_assert_max_num_queries):
    rows = [line(f"浇水 {number}") for number in range(60)]
    with django_assert_max_num_queries(12 + 60):  # duties are looked up per line
        kept(*rows, user=operator)
