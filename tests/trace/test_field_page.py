"""The page in the field: an event for one batch or several, once however often it is sent, or a reason."""

import threading
from datetime import UTC, datetime
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from PIL import ExifTags, Image
from wagtail.images.models import Image as FiledImage

from record.events.work import record_work
from record.models import Event, EventTemplate, StageDuty, Substance
from tests.factories.accounts import person
from tests.factories.record import NOW, BatchFactory

pytestmark = pytest.mark.django_db
URL = "/trace/field/"
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def clerk(client):
    clerk = person("clerk", last_name="刘", first_name="美玲")
    client.force_login(clerk, backend="allauth.account.auth_backends.AuthenticationBackend")
    return clerk


@pytest.fixture
def batch():
    return BatchFactory(planted_on=None, harvested_on=None)


def entered(*batches, **facts):
    return {
        "key": str(uuid4()),
        "batches": [batch.pk for batch in batches],
        "stage": "production",
        "step": "irrigation",
        "title": "浇水",
        "at": "2026-10-01T08:15",
        **facts,
    }


def photo(colour="green", *, taken="2026:10:01 08:10:00"):
    exif = Image.Exif()
    exif[ExifTags.Base.Model] = "SECRET PHONE"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (36.0, 20.0, 1.0)
    out = BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("a.jpg", out.getvalue(), "image/jpeg")


def test_somebody_who_is_not_signed_in_signs_in_first(client):
    assert client.get(URL).url == "/accounts/login/?next=/trace/field/"
    answer = client.post(URL, {}, **JSON)
    assert (answer.status_code, answer.json()) == (401, {"state": "signed_out"})


def test_an_account_without_the_right_is_told_so(client, batch):
    client.force_login(person("editor"), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(URL).status_code == 403
    assert client.post(URL, entered(batch), **JSON).status_code == 422
    assert not Event.objects.exists()


@pytest.mark.parametrize("role", ["clerk", "trace_operator"])
def test_the_page_offers_batches_and_templates(client, batch, role):
    client.force_login(person(role), backend="allauth.account.auth_backends.AuthenticationBackend")
    text = client.get(URL).content.decode()
    assert batch.lot in text and "浇水" in text


def test_a_template_fills_the_form_in_without_a_script(client, clerk, batch):
    template = EventTemplate.objects.create(
        product=batch.product,
        stage="production",
        step="fertilising",
        title="追肥",
        inputs="腐熟羊粪 3000 千克",
    )
    form = client.get(URL, {"base": batch.base_id, "template": template.pk}).context["form"]
    assert [form[name].value() for name in ("title", "step", "inputs")] == [
        "追肥",
        "fertilising",
        "腐熟羊粪 3000 千克",
    ]


def test_it_records_what_was_entered(client, clerk, batch):
    facts = entered(batch, latitude="36.3312345", longitude="113.2233445", place="3 号地", actor="王秀兰")
    answer = client.post(URL, facts)
    assert answer.url == f"{URL}?base={batch.base_id}"
    event = Event.objects.get()
    assert (event.source, event.step, event.recorded_by, event.place) == (
        "field",
        "irrigation",
        clerk,
        "3 号地",
    )
    assert (str(event.latitude), str(event.longitude)) == ("36.331230", "113.223340")
    assert event.at == datetime(2026, 10, 1, 0, 15, tzinfo=UTC)


def test_all_batches_of_a_base_at_once(client, clerk, batch):
    other = BatchFactory(product=batch.product, base=batch.base, planted_on=None, harvested_on=None)
    answer = client.post(URL, entered(batch, other), **JSON)
    assert answer.status_code == 201
    assert {event["lot"] for event in answer.json()["events"]} == {batch.lot, other.lot}
    assert Event.objects.count() == 2


def test_one_batch_that_cannot_have_it_stops_all(client, clerk, batch):
    other = BatchFactory(product=batch.product, base=batch.base, planted_on="2026-10-20", harvested_on=None)
    answer = client.post(URL, entered(batch, other), **JSON)
    assert answer.status_code == 422
    assert answer.json()["reasons"][0].startswith(other.lot)
    assert not Event.objects.exists()


def test_sent_again_after_a_lost_answer_it_stays_one_event(client, clerk, batch):
    facts = entered(batch)
    first = client.post(URL, facts | {"photos": [photo()]}, **JSON)
    again = client.post(URL, facts | {"photos": [photo()]}, **JSON)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["events"] == again.json()["events"]
    assert Event.objects.count() == 1 and FiledImage.objects.count() == 1


def test_a_form_from_the_past_is_not_mistaken_for_what_was_sent(client, clerk, batch):
    facts = entered(batch)
    client.post(URL, facts)
    answer = client.post(URL, facts | {"title": "施肥"})
    assert answer.status_code == 400 and Event.objects.count() == 1
    assert answer.context["form"]["key"].value() != facts["key"]


def test_photos_lose_what_the_camera_added_and_keep_their_time(client, clerk, batch):
    client.post(
        URL,
        entered(
            batch, caption="水渠", photos=[photo(), photo("blue", taken="")], taken=["0", "1790900000000"]
        ),
    )
    first, second = Event.objects.get().photos.all()
    assert first.taken_at == datetime(2026, 10, 1, 0, 10, tzinfo=UTC) and first.caption == "水渠"
    assert second.taken_at == datetime.fromtimestamp(1790900000, UTC)
    content = first.image.file.open().read()
    assert b"SECRET" not in content and not Image.open(BytesIO(content)).getexif()


def test_a_file_that_is_no_picture_is_refused(client, clerk, batch):
    answer = client.post(URL, entered(batch, photos=[SimpleUploadedFile("a.jpg", b"<script>")]), **JSON)
    assert answer.status_code == 422
    assert not Event.objects.exists() and not FiledImage.objects.exists()


def test_photos_of_a_refused_event_are_not_kept(client, clerk, batch):
    batch.planted_on = "2026-10-20"
    batch.save()
    assert client.post(URL, entered(batch, photos=[photo()])).status_code == 400
    assert not FiledImage.objects.exists()


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"batches": []}, "batches"),
        ({"title": ""}, "title"),
        ({"stage": "flying"}, "stage"),
        ({"latitude": "36.1"}, "__all__"),
        ({"latitude": "91", "longitude": "0"}, "latitude"),
        ({"at": "tomorrow"}, "at"),
        ({"key": ""}, "key"),
    ],
)
def test_what_cannot_be_is_refused(client, clerk, batch, facts, field):
    answer = client.post(URL, entered(batch) | facts)
    assert answer.status_code == 400 and field in answer.context["form"].errors
    assert not Event.objects.exists()


def test_a_stage_that_needs_a_responsible_party_and_a_witness(client, clerk, batch):
    StageDuty.objects.create(stage="production", needs_responsible=True, needs_witness=True)
    answer = client.post(URL, entered(batch), **JSON)
    assert answer.status_code == 422 and len(answer.json()["reasons"]) == 2
    assert not Event.objects.exists()
    named = entered(batch, responsible=batch.product.member_id, attested_by="郭建平")
    assert client.post(URL, named, **JSON).status_code == 201


def test_a_harvest_inside_the_interval_is_refused(client, clerk, batch):
    Substance.objects.create(kind="pesticide", name="1% 苦参碱", registration="PD20132710", safety_days=7)
    client.post(URL, entered(batch, step="pest_control", inputs="1% 苦参碱 300 毫升"))
    answer = client.post(URL, entered(batch, step="harvest", title="采收", at="2026-10-05T06:00"), **JSON)
    assert answer.status_code == 422 and "2026-10-08" in answer.json()["reasons"][0]
    assert Event.objects.count() == 1


def test_few_queries_however_many_batches(client, clerk, batch, django_assert_max_num_queries):
    for _number in range(20):
        BatchFactory(planted_on=None, harvested_on=None)
    client.get(URL)
    with django_assert_max_num_queries(16):
        client.get(URL)


def test_the_page_is_nobody_elses(client, clerk, batch):
    assert "private" in client.get(URL)["Cache-Control"]


def test_the_worker_lies_below_the_page(client):
    answer = client.get(reverse("trace-field-worker"))
    assert answer["Content-Type"].startswith("text/javascript")
    assert reverse("trace-field-worker").startswith(URL)


def test_the_account_page_leads_there_whoever_may_record(client, clerk):
    assert URL in client.get("/accounts/").content.decode()
    client.force_login(person("editor"), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert URL not in client.get("/accounts/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_same_entry_sent_four_times_at_once_is_one_event():
    first, second = (BatchFactory(planted_on=None, harvested_on=None) for _ in range(2))
    key, start, made = uuid4(), threading.Barrier(4), []

    def send(batches):
        try:
            start.wait()
            facts = {"stage": "production", "title": "浇水", "at": NOW}
            made.append(record_work(batches=batches, submission=key, recorded_at=timezone.now(), **facts))
        finally:
            connection.close()

    orders = [[first, second], [second, first]] * 2
    threads = [threading.Thread(target=send, args=[batches]) for batches in orders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Event.objects.count() == 2
    assert len({tuple(sorted(event.pk for event in events)) for events in made}) == 1 and len(made) == 4


def test_the_same_form_with_another_batch_is_not_taken_for_sent(client, clerk, batch):
    other = BatchFactory(planted_on=None, harvested_on=None)
    sent = entered(batch)
    assert client.post(URL, sent).status_code == 302
    answer = client.post(URL, {**sent, "batches": [other.pk]}, **JSON)
    assert answer.status_code == 422
    assert Event.objects.count() == 1
