"""Field entry from the back office: for a whole base, from a spreadsheet; register, templates, duties."""

from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from record.models import Event, EventImport, EventTemplate, StageDuty, Substance
from tests.factories.accounts import person
from tests.factories.record import BatchFactory

pytestmark = pytest.mark.django_db
TABLE = "批号,环节,做了什么,时间\nLC261027-03,生产,浇水,2026-08-26 08:15\n=1+1,生产,浇水,2026-08-26\n"


def sign_in(client, role):
    user = person(role)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return user


@pytest.fixture
def operator(client):
    return sign_in(client, "trace_operator")


@pytest.fixture
def batch():
    return BatchFactory(lot="LC261027-03", planted_on=None, harvested_on=None)


def work(*batches, **facts):
    return {
        "batches": [batch.pk for batch in batches],
        "submission": str(uuid4()),
        "stage": "production",
        "title": "浇水",
        "at": "2026-10-01 08:15",
        **facts,
    }


def upload(client, text=TABLE):
    file = SimpleUploadedFile("events.csv", text.encode())
    return client.post(reverse("record-imports:upload"), {"file": file})


@pytest.mark.parametrize(
    "name",
    [
        "record-inputs:index", "record-inputs:add", "record-templates:index", "record-templates:add",
        "record-duties:index", "record-duties:add", "record-imports:index", "record-imports:upload",
        "record-events:choose-base", "record-events:index",
    ],
)  # fmt: skip
def test_its_pages_open(client, operator, batch, name):
    assert client.get(reverse(name)).status_code == 200


def test_for_a_whole_base(client, operator, batch):
    other = BatchFactory(product=batch.product, base=batch.base, planted_on=None, harvested_on=None)
    url = reverse("record-events:work", args=[batch.base_id])
    assert other.lot in client.get(url).content.decode()
    facts = work(batch, other)
    assert client.post(url, facts).status_code == 302
    assert client.post(url, facts).status_code == 302  # pressed twice
    assert sorted(Event.objects.values_list("batch__lot", flat=True)) == sorted([batch.lot, other.lot])


def test_one_batch_that_cannot_have_it_stops_all_and_says_which(client, operator, batch):
    other = BatchFactory(product=batch.product, base=batch.base, planted_on="2026-10-20", harvested_on=None)
    answer = client.post(reverse("record-events:work", args=[batch.base_id]), work(batch, other))
    assert answer.status_code == 200 and not Event.objects.exists()
    assert any(other.lot in error for error in answer.context["form"].errors["batches"])


def test_a_batch_of_another_base_is_not_taken(client, operator, batch):
    answer = client.post(
        reverse("record-events:work", args=[batch.base_id]),
        work(BatchFactory(planted_on=None, harvested_on=None)),
    )
    assert answer.status_code == 200 and not Event.objects.exists()


def test_a_spreadsheet_from_upload_to_report(client, operator, batch):
    report = upload(client).url
    text = client.get(report).content.decode()
    assert "=1+1" in text and not Event.objects.exists()
    source = EventImport.objects.get()
    assert client.post(reverse("record-imports:record", args=[source.pk])).url == report
    assert Event.objects.get().recorded_by == operator
    assert client.get(report).status_code == 200
    assert client.post(reverse("record-imports:check", args=[source.pk])).url == report


def test_lines_to_put_right_come_back_as_text(client, operator, batch):
    upload(client)
    source = EventImport.objects.get()
    answer = client.get(reverse("record-imports:open", args=[source.pk]))
    sheet = load_workbook(BytesIO(answer.getvalue())).worksheets[0]
    cell = sheet["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s") and sheet.max_row == 2
    assert "=1+1" in sheet.cell(2, sheet.max_column).value


def test_the_file_is_kept_as_it_came(client, operator, batch):
    upload(client)
    answer = client.get(reverse("record-imports:file", args=[EventImport.objects.get().pk]))
    assert answer.getvalue() == TABLE.encode() and "attachment" in answer["Content-Disposition"]


def test_the_empty_table_can_be_sent_in_when_it_is_filled_in(client, operator, batch):
    content = client.get(reverse("record-imports:empty")).getvalue()
    book = load_workbook(BytesIO(content))
    sheet = book.worksheets[0]
    places = {cell.value.rstrip("*"): cell.column for cell in sheet[1]}
    for heading, value in {
        "批号": "LC261027-03",
        "作业": "灌溉",
        "做了什么": "浇水",
        "时间": "2026-08-26",
    }.items():
        sheet.cell(2, places[heading], value)
    out = BytesIO()
    book.save(out)
    file = SimpleUploadedFile("events.xlsx", out.getvalue())
    client.post(reverse("record-imports:upload"), {"file": file})
    assert EventImport.objects.get().lines.get().state == "ready"


def test_what_is_no_table_says_so(client, operator):
    answer = upload(client, "nothing")
    assert answer.status_code == 400 and not EventImport.objects.exists()


def test_a_pesticide_needs_its_label(client, operator):
    facts = {"kind": "pesticide", "name": "苦参碱", "registration": "", "safety_days": "", "is_active": "on"}
    url = reverse("record-inputs:add")
    assert client.post(url, facts).status_code == 200 and not Substance.objects.exists()
    client.post(url, facts | {"registration": "PD1", "safety_days": "7"})
    assert Substance.objects.get().safety_days == 7


def test_a_desk_entry_that_neglects_a_duty_says_whose_name_is_missing(client, operator, batch):
    StageDuty.objects.create(stage="production", needs_responsible=True, needs_witness=True)
    facts = {"batch": batch.pk, "stage": "production", "title": "浇水", "at": "2026-10-01 08:15"}
    answer = client.post(reverse("record-events:add"), facts)
    assert set(answer.context["form"].errors) == {"responsible", "attested_by"}
    assert not Event.objects.exists()


def test_a_clerk_enters_and_does_not_keep_the_register(client, batch):
    sign_in(client, "clerk")
    assert client.get(reverse("record-imports:upload")).status_code == 200
    assert client.get(reverse("record-inputs:index")).status_code == 200
    client.post(reverse("record-inputs:add"), {"kind": "other", "name": "黄板", "is_active": "on"})
    client.post(
        reverse("record-templates:add"), {"stage": "sale", "step": "selling", "title": "x", "position": 1}
    )
    assert not Substance.objects.exists() and not EventTemplate.objects.filter(title="x").exists()


@pytest.mark.parametrize("name", ["upload", "empty", "index"])
def test_nobody_else_gets_in(client, name):
    sign_in(client, "editor")
    assert client.get(reverse(f"record-imports:{name}")).status_code in {302, 403}


def test_a_form_out_of_the_browsers_past_is_not_taken_for_recorded(client, operator, batch):
    url = reverse("record-events:work", args=[batch.base_id])
    sent = work(batch)
    assert client.post(url, sent).status_code == 302
    answer = client.post(url, {**sent, "title": "施肥"})
    assert answer.status_code != 302 and sent["submission"] not in answer.content.decode()
    assert Event.objects.get().title == "浇水"


def test_a_file_that_only_looks_like_a_workbook_is_refused_in_words(client, operator):
    out = BytesIO()
    with ZipFile(out, "w") as parts:
        parts.writestr("[Content_Types].xml", "<no xml")
        parts.writestr("xl/workbook.xml", "<no xml")
    file = SimpleUploadedFile("events.xlsx", out.getvalue())
    answer = client.post(reverse("record-imports:upload"), {"file": file})
    assert answer.status_code == 400 and not EventImport.objects.exists()
