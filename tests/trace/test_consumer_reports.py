"""Consumer reports: sent from a phone, handled step by step, answered under a number nobody guesses."""

from datetime import timedelta
from io import BytesIO
from zlib import crc32

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.models import Site

from accounts.models import User
from accounts.roles import give_role
from brand.models import Region
from notices.models import Notice
from record.models import ConsumerReport, ReportPhoto, ReportStep
from record.reports.forget import forget_senders_of
from record.reports.handle import AnswerNeedsWords, StepRefused, handle_report
from record.reports.receive import MOST_ALIKE, About, ReportRefused, receive_report
from tests.factories.record import NOW, active_code

pytestmark = pytest.mark.django_db
State = ConsumerReport.State
UNKNOWN = "7KQXM3RTW9HV4CND"


def photo(name="x.jpg"):
    out = BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def entered(**facts):
    return {"kind": "spoilt", "text": "打开有股酸味", "contact": "", **facts}


@pytest.fixture
def code():
    return active_code()


@pytest.fixture
def url(code):
    return reverse("trace-report-code", args=[code.serial])


@pytest.fixture
def report(code):
    return receive_report(about=About.code(code), kind="fake", text="印得很糊", at=NOW)


@pytest.fixture
def operator(client):
    user = User.objects.create_user(email="trace@example.cn", password="x")
    give_role(user, "trace_operator")
    client.force_login(user)
    return user


def test_a_report_is_kept_with_photos_and_gives_a_receipt(client, code, url):
    assert client.get(url).status_code == 200
    answer = client.post(url, entered(photos=[photo(), photo("y.jpg")], contact="13800000000"))
    report = ConsumerReport.objects.get()
    assert answer["Location"] == reverse("trace-report", args=[report.number])
    assert (report.serial, report.batch, report.state, len(report.number)) == (
        code.serial,
        code.batch,
        State.NEW,
        12,
    )
    assert report.photos.count() == 2
    page = client.get(answer["Location"])
    assert "打开有股酸味" in page.content.decode()
    assert "13800000000" not in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_photos_are_not_where_a_web_server_reads(client, url):
    client.post(url, entered(photos=[photo()]))
    kept = ReportPhoto.objects.get().file
    assert not kept.path.startswith(str(django_settings.MEDIA_ROOT))
    assert client.get(f"/media/{kept.name}").status_code == 404
    seen = client.get(reverse("record-reports:photo", args=[ReportPhoto.objects.get().pk]))
    assert seen.status_code in {302, 403}


def test_a_batch_and_an_unknown_code_can_be_reported(client, code):
    batch = code.batch
    Region.objects.update(site=Site.objects.get(is_default_site=True))
    client.post(reverse("trace-report-batch", args=[code.product.gtin, batch.lot]), entered())
    client.post(reverse("trace-report-code", args=[UNKNOWN]), entered(kind="fake"))
    about = {(each.serial, each.batch, each.product) for each in ConsumerReport.objects.all()}
    assert about == {("", batch, code.product), (UNKNOWN, None, None)}


@pytest.mark.parametrize(
    "facts",
    [
        {"text": ""},
        {"kind": "nonsense"},
        {"text": "x" * 1001},
        {"photos": SimpleUploadedFile("a.jpg", b"no picture")},
    ],
)
def test_a_senseless_report_is_refused_and_kept_nowhere(client, url, facts):
    assert client.post(url, entered(**facts)).status_code == 400
    assert not ConsumerReport.objects.exists()
    assert not ReportPhoto.objects.exists()


def test_too_many_photos_are_refused(client, url):
    assert client.post(url, entered(photos=[photo(f"{n}.jpg") for n in range(6)])).status_code == 400
    assert not ConsumerReport.objects.exists()


def test_one_visitor_sends_a_few_reports_an_hour(client, url):
    answers = [client.post(url, entered()).status_code for _ in range(7)]
    assert answers == [302] * 6 + [429]
    assert ConsumerReport.objects.count() == 6


def test_one_package_is_reported_so_often_a_day(code):
    for _ in range(MOST_ALIKE):
        receive_report(about=About.code(code), kind="other", text="x", at=NOW)
    with pytest.raises(ReportRefused):
        receive_report(about=About.code(code), kind="other", text="x", at=NOW)
    assert receive_report(about=About.code(code), kind="other", text="x", at=NOW + timedelta(days=2))


def test_who_handles_reports_is_told(code, operator, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        receive_report(about=About.code(code), kind="ill", text="吃了拉肚子", at=NOW)
    notice = Notice.objects.get(user=operator)
    assert (notice.kind, notice.channel) == ("consumer_report", "site")


def test_a_receipt_is_found_however_it_is_typed_and_not_guessed(client, report):
    spaced = f" {report.number[:4].lower()}-{report.number[4:]} "
    answer = client.get(reverse("trace-reports"), {"number": spaced})
    assert answer["Location"] == reverse("trace-report", args=[report.number])
    for _ in range(12):
        assert client.get(reverse("trace-report", args=["ABCDEFGH2345"])).status_code == 404
    assert client.get(reverse("trace-report", args=[report.number])).status_code == 429


def test_steps_are_kept_and_answers_are_told(client, report, operator):
    url = reverse("record-reports:handle", args=[report.pk])
    assert client.get(url).status_code == 200
    step = {"state": "looking", "reply": "", "note": "问了合作社", "seen": "new"}
    assert client.post(url, step).status_code == 302
    answered = {"state": "answered", "reply": "是真的，纸受潮了。", "note": "", "seen": "looking"}
    assert client.post(url, answered).status_code == 302
    assert [step.state for step in ReportStep.objects.all()] == ["looking", "answered"]
    assert ReportStep.objects.first().by == operator
    client.logout()
    page = client.get(reverse("trace-report", args=[report.number])).content.decode()
    assert "是真的，纸受潮了。" in page
    assert "问了合作社" not in page


def test_of_two_who_answer_the_second_is_told(client, report, operator):
    url = reverse("record-reports:handle", args=[report.pk])
    client.post(url, {"state": "looking", "reply": "", "note": "", "seen": "new"})
    late = client.post(url, {"state": "answered", "reply": "没事", "note": "", "seen": "new"})
    assert late.status_code == 400
    assert ConsumerReport.objects.get().state == State.LOOKING
    assert ReportStep.objects.count() == 1


def test_nobody_answers_without_words_or_opens_what_is_closed(report):
    with pytest.raises(AnswerNeedsWords):
        handle_report(report=report, state=State.ANSWERED, by=None, at=NOW)
    assert ConsumerReport.objects.get().state == State.NEW
    handle_report(report=report, state=State.CLOSED, reply="已退款", by=None, at=NOW)
    report.refresh_from_db()
    with pytest.raises(StepRefused):
        handle_report(report=report, state=State.LOOKING, by=None, at=NOW)
    assert ReportStep.objects.count() == 1


def test_photos_are_shown_to_who_handles_reports_only(client, url, operator):
    client.post(url, entered(photos=[photo()]))
    address = reverse("record-reports:photo", args=[ReportPhoto.objects.get().pk])
    seen = client.get(address)
    assert (seen.status_code, seen["Content-Type"]) == (200, "image/jpeg")
    clerk = User.objects.create_user(email="clerk@example.cn", password="x")
    give_role(clerk, "clerk")
    client.force_login(clerk)
    assert client.get(address).status_code in {302, 403}


def test_the_record_leads_to_the_form(client, code, url):
    assert url in client.get(reverse("trace-package", args=[code.serial])).content.decode()
    batch = reverse("trace-report-batch", args=[code.product.gtin, code.batch.lot])
    page = client.get(reverse("trace-batch", args=[code.product.gtin, code.batch.lot])).content.decode()
    assert batch in page
    page = client.get(reverse("trace-package", args=[UNKNOWN]))
    assert reverse("trace-report-code", args=[UNKNOWN]) in page.content.decode()


def test_a_year_after_it_is_closed_nobody_knows_who_sent_it(client, url):
    client.post(url, entered(photos=[photo()], contact="13800000000"))
    client.post(url, entered(contact="13900000000"))
    closed, waiting = ConsumerReport.objects.order_by("pk")
    handle_report(report=closed, state=State.CLOSED, reply="已退款", by=None, at=NOW)
    file = ReportPhoto.objects.get().file
    assert forget_senders_of(closed_before=NOW) == 0
    assert forget_senders_of(closed_before=NOW + timedelta(days=1)) == 1
    assert forget_senders_of(closed_before=NOW + timedelta(days=1)) == 0
    closed.refresh_from_db()
    waiting.refresh_from_db()
    assert (closed.contact, closed.text, waiting.contact) == ("", "打开有股酸味", "13900000000")
    assert not file.storage.exists(file.name)
    assert not ReportPhoto.objects.exists()


def too_large_png():
    """Return a PNG that claims a billion pixels."""
    head = b"IHDR" + (40_000).to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0"
    data = b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4, "big") + head + crc32(head).to_bytes(4, "big")
    return SimpleUploadedFile("x.png", data, "image/png")


def odd_exif():
    out = BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, "JPEG", exif=b"Exif\0\0no TIFF at all")
    return SimpleUploadedFile("x.jpg", out.getvalue(), "image/jpeg")


def test_a_picture_that_claims_too_much_is_refused_in_words(client, url):
    answer = client.post(url, entered(photos=[too_large_png()]))
    assert answer.status_code == 400 and not ConsumerReport.objects.exists()


def test_a_photo_with_odd_notes_of_its_camera_is_taken(client, url):
    assert client.post(url, entered(photos=[odd_exif()])).status_code == 302
    assert ReportPhoto.objects.count() == 1
