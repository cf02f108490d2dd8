"""The list of sensitive words: kept by reviewers, taken along and read in as a spreadsheet."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from news.checks.importing import NotImported, import_words
from news.checks.models import SensitiveWord
from tests.factories.accounts import person
from tests.factories.pages import county

pytestmark = pytest.mark.django_db
HEAD = ["词", "怎么处理", "原因", "可以改成", "这些说法没问题"]


@pytest.fixture
def reviewer(client):
    county()
    client.force_login(person("reviewer"))
    return client


def sheet(*rows: list[str]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_word_is_added_changed_and_deleted(reviewer) -> None:
    facts = {"word": "遥遥领先", "kind": "block", "reason": "没有凭据", "suggestion": "", "allowed_in": ""}
    assert reviewer.post(reverse("news-words:add"), facts).status_code == 302
    row = SensitiveWord.objects.get(word="遥遥领先")
    reviewer.post(reverse("news-words:edit", args=[row.pk]), {**facts, "kind": "warn"})
    row.refresh_from_db()
    assert row.kind == "warn"
    reviewer.post(reverse("news-words:delete", args=[row.pk]))
    assert not SensitiveWord.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"word": "……"}, "word"),
        ({"word": "最佳"}, "word"),
        ({"word": "领先", "allowed_in": "先锋"}, "allowed_in"),
        ({"word": "领先", "reason": ""}, "reason"),
    ],
)
def test_a_wrong_word_is_refused_beside_the_field(reviewer, facts, field) -> None:
    before = SensitiveWord.objects.count()
    facts = {"kind": "warn", "reason": "试", "suggestion": "", "allowed_in": "", **facts}
    answer = reviewer.post(reverse("news-words:add"), facts)
    assert answer.status_code == 200 and field in answer.context["form"].errors
    assert SensitiveWord.objects.count() == before


def test_editors_look_at_the_list_and_do_not_change_it(client) -> None:
    county()
    client.force_login(person("editor"))
    assert client.get(reverse("news-words:index")).status_code == 200
    assert client.get(reverse("news-words:add")).status_code == 302
    assert client.get(reverse("news-words:import")).status_code in {302, 403}
    client.force_login(person("clerk"))
    assert client.get(reverse("news-words:index")).status_code == 302


def test_the_list_goes_out_and_comes_back_the_same(reviewer) -> None:
    before = list(SensitiveWord.objects.values_list("word", "kind", "reason", "suggestion", "allowed_in"))
    answer = reviewer.get(reverse("news-words:index_results") + "?export=xlsx")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    head = [cell.value for cell in next(load_workbook(io.BytesIO(content)).active.rows)]
    assert head == HEAD
    SensitiveWord.objects.all().delete()
    assert import_words(content=content).added == len(before)
    after = SensitiveWord.objects.values_list("word", "kind", "reason", "suggestion", "allowed_in")
    assert sorted(after) == sorted(before)


def test_a_sheet_adds_and_changes_and_takes_nothing_off(reviewer) -> None:
    count = SensitiveWord.objects.count()
    content = sheet(
        HEAD, ["遥遥领先", "不能送审", "没有凭据"], ["最佳", "提醒再看", "试", "", "最佳食用期"], ["", ""]
    )
    file = SimpleUploadedFile("words.xlsx", content)
    assert reviewer.post(reverse("news-words:import"), {"sheet": file}).status_code == 302
    assert SensitiveWord.objects.count() == count + 1
    assert SensitiveWord.objects.get(word="遥遥领先").kind == "block"
    assert SensitiveWord.objects.get(word="最佳").kind == "warn"


@pytest.mark.parametrize(
    ("rows", "part"),
    [
        ([["字", "原因"], ["x", "y"]], "第一行要写列名"),
        ([HEAD, ["遥遥领先", "不行", "试"]], "第 2 行"),
        ([HEAD, ["遥遥领先", "", "试"], ["领先", "", ""]], "第 3 行"),
    ],
)
def test_a_wrong_sheet_changes_nothing_and_says_the_line(reviewer, rows, part) -> None:
    count = SensitiveWord.objects.count()
    file = SimpleUploadedFile("words.xlsx", sheet(*rows))
    answer = reviewer.post(reverse("news-words:import"), {"sheet": file})
    assert answer.status_code == 200 and part in answer.content.decode()
    assert SensitiveWord.objects.count() == count


def test_what_is_no_sheet_is_refused() -> None:
    with pytest.raises(NotImported):
        import_words(content=b"PK\x03\x04 nothing")
