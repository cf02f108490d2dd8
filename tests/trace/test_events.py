"""Events: appended, chained, in an order that can be, corrected beside the original."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from changes.models import Change
from record.events.chain import broken_links
from record.events.history import entries
from record.events.items import Item, parse_items
from record.events.recording import EventRefused, NotCorrectable, Photo, correct_event
from record.models import Batch, Event, NameErasure
from record.models.event import EventIsFinal
from record.timeline import batch_record
from tests.factories.record import NOW, BatchFactory, Stage, event

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()  # Wagtail remembers renditions by the key of an image, and keys come again


def undated_batch():
    return BatchFactory(planted_on=None, harvested_on=None)


def test_events_are_numbered_and_chained():
    batch = BatchFactory()
    first = event(batch, Stage.PLANTING, day="2026-06-12", title="移栽")
    second = event(batch)
    assert (first.sequence, first.previous_hash) == (1, "")
    assert (second.sequence, second.previous_hash) == (2, first.hash)
    assert len({first.hash, second.hash}) == 2
    assert not list(broken_links(batch.events.order_by("sequence")))


def test_an_event_raises_the_version_and_tells_the_outbox():
    batch = BatchFactory()
    event(batch)
    assert Batch.objects.get().version == batch.version + 1
    change = Change.objects.latest("id")
    assert (change.thing, change.region) == (f"record.batch:{batch.pk}", "lucheng")


REFUSED = [
    ({}, [], (Stage.PRODUCTION, "2026-11-21"), "the future"),
    ({"planted_on": "2026-06-12"}, [], (Stage.PRODUCTION, "2026-06-11"), "harvest before planting"),
    ({"harvested_on": "2026-10-27"}, [], (Stage.SALE, "2026-10-26"), "sale before harvest"),
    ({}, [(Stage.PLANTING, "2026-06-12")], (Stage.PRODUCTION, "2026-06-01"), "tending before planting"),
    ({}, [(Stage.PROCESSING, "2026-10-28")], (Stage.SALE, "2026-10-27"), "sale before packing"),
    ({}, [(Stage.PRODUCTION, "2026-10-27")], (Stage.PLANTING, "2026-10-28"), "planting after the harvest"),
    ({}, [(Stage.SALE, "2026-10-28")], (Stage.PROCESSING, "2026-10-29"), "packing after the sale"),
]


@pytest.mark.parametrize(("dates", "before", "new", "why"), REFUSED, ids=[case[3] for case in REFUSED])
def test_what_cannot_have_been_is_refused_and_changes_nothing(dates, before, new, why):
    batch = BatchFactory(**{"planted_on": None, "harvested_on": None, **dates})
    batch.refresh_from_db()
    for stage, day in before:
        event(batch, stage, day=day)
    known = (Event.objects.count(), Batch.objects.get().version)
    with pytest.raises(EventRefused) as refused:
        event(batch, new[0], day=new[1])
    assert str(refused.value)
    assert (Event.objects.count(), Batch.objects.get().version) == known


def test_storage_may_come_before_sorting():
    batch = undated_batch()
    event(batch, Stage.STORAGE, day="2026-10-27")
    event(batch, Stage.PROCESSING, day="2026-10-28")
    assert batch.events.count() == 2


def test_an_event_is_neither_changed_nor_deleted():
    recorded = event(BatchFactory())
    recorded.title = "另一件事"
    for attempt in (recorded.save, recorded.delete, Event.objects.all().delete):
        with pytest.raises(EventIsFinal):
            attempt()
    with pytest.raises(EventIsFinal):
        Event.objects.update(title="另一件事")
    assert Event.objects.get().title == "采收"


def test_a_correction_is_a_further_event_and_the_page_has_both():
    batch = BatchFactory()
    weighed = event(batch, outputs=[Item("大葱", "3200", "千克")])
    fixed = correct_event(
        event=weighed, reason="过磅单抄错了一行", outputs=[Item("大葱", "2860", "千克")], recorded_at=NOW
    )
    assert (fixed.corrects, fixed.sequence, fixed.title) == (weighed, 2, weighed.title)
    assert Event.objects.get(pk=weighed.pk).outputs[0]["quantity"] == "3200"
    batch.refresh_from_db()
    (entry,) = batch_record(batch).entries
    (change,) = entry.corrections[0].changes
    assert (change.field, change.old, change.new) == (
        "outputs",
        (Item("大葱", "3200", "千克"),),
        (Item("大葱", "2860", "千克"),),
    )
    assert entry.current.outputs == (Item("大葱", "2860", "千克"),)


def test_a_second_correction_builds_on_the_first():
    batch = BatchFactory()
    original = event(batch, note="一")
    correct_event(event=original, reason="错", note="二", recorded_at=NOW)
    correct_event(event=original, reason="人", actor="张建", recorded_at=NOW)
    batch.refresh_from_db()
    (entry,) = batch_record(batch).entries
    assert (entry.current.note, entry.current.actor) == ("二", "张建")
    assert [[change.field for change in fix.changes] for fix in entry.corrections] == [["note"], ["actor"]]


def test_a_correction_without_a_reason_or_of_a_correction_is_refused():
    original = event(BatchFactory())
    fixed = correct_event(event=original, reason="抄错", note="对的", recorded_at=NOW)
    for wrong in ({"event": original, "reason": " "}, {"event": fixed, "reason": "再改"}):
        with pytest.raises(NotCorrectable):
            correct_event(**wrong, recorded_at=NOW)
    assert Event.objects.count() == 2


def test_a_date_can_be_corrected_against_everything_but_itself():
    batch = BatchFactory(planted_on=None, harvested_on=None)
    planted = event(batch, Stage.PLANTING, day="2026-06-20")
    event(batch, Stage.PRODUCTION, day="2026-06-25")
    earlier = datetime(2026, 6, 12, 4, tzinfo=UTC)
    assert correct_event(event=planted, reason="记晚了", at=earlier, recorded_at=NOW).at == earlier
    with pytest.raises(EventRefused):
        correct_event(event=planted, reason="记错", at=earlier + timedelta(days=30), recorded_at=NOW)


def tamper(batch, **columns):
    sets = ", ".join(f"{name} = %s" for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE record_event SET {sets} WHERE batch_id = %s AND sequence = 2",
            [*columns.values(), batch.pk],
        )


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        ({"title": "别的事"}, "changed"),
        ({"at": "2026-10-01 00:00:00+00:00"}, "changed"),
        ({"actor": "别人"}, "people_changed"),
        ({"previous_hash": "0" * 64}, "detached"),
    ],
)
def test_a_tampered_row_is_found_and_named(columns, problem):
    batch = BatchFactory()
    for day in ("2026-10-25", "2026-10-26", "2026-10-27"):
        event(batch, day=day)
    call_command("verify_chain")
    tamper(batch, **columns)
    found = [(link.event.sequence, link.problem) for link in broken_links(batch.events.order_by("sequence"))]
    assert (2, problem) in found
    with pytest.raises(CommandError) as error:
        call_command("verify_chain", f"{batch.product.gtin}/{batch.lot}")
    assert error.value.returncode == 1
    assert f"{batch.lot}" in str(error.value)
    assert "2" in str(error.value)


def test_a_deleted_row_is_missed():
    batch = BatchFactory()
    for day in ("2026-10-25", "2026-10-26", "2026-10-27"):
        event(batch, day=day)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM record_event WHERE batch_id = %s AND sequence = 2", [batch.pk])
    found = [(link.event.sequence, link.problem) for link in broken_links(batch.events.order_by("sequence"))]
    assert found == [(3, "missing")]


def test_erased_names_leave_the_chain_whole():
    batch = BatchFactory()
    event(batch, day="2026-10-25")
    event(batch, attested_by="张建")
    tamper(batch, actor="", attested_by="", salt="")
    for erased in batch.events.filter(salt=""):
        NameErasure.objects.create(event=erased, at=NOW, reason="本人来信")
    assert not list(broken_links(batch.events.order_by("sequence")))


def test_photos_are_part_of_the_chain():
    batch = BatchFactory()
    image = Image.objects.create(title="过磅单", file=get_test_image_file())
    event(batch, photos=[Photo(image=image, caption="过磅单", taken_at=NOW)])
    batch.refresh_from_db()
    (shot,) = batch_record(batch).entries[0].photos
    assert shot.caption == "过磅单"
    assert shot.url.endswith(".webp")
    assert not list(broken_links(batch.events.all()))
    Image.objects.filter(pk=image.pk).update(file_hash="0" * 40)
    assert [link.problem for link in broken_links(batch.events.all())] == ["changed"]


def test_a_lost_picture_leaves_the_record_readable():
    batch = BatchFactory()
    image = Image.objects.create(title="过磅单", file=get_test_image_file())
    event(batch, photos=[Photo(image=image, caption="过磅单")])
    image.file.delete(save=False)
    batch.refresh_from_db()
    (shot,) = batch_record(batch).entries[0].photos
    assert (shot.caption, shot.file) == ("过磅单", "")


def test_amounts_are_read_as_people_write_them():
    text = "葱苗 41,000 株\n有机肥 1.5 吨\n水\n"
    assert parse_items(text) == [Item("葱苗", "41000", "株"), Item("有机肥", "1.5", "吨"), Item("水")]
    assert [str(item) for item in parse_items(text)] == ["葱苗 41,000 株", "有机肥 1.5 吨", "水"]


def test_entries_come_in_order_of_time():
    batch = BatchFactory()
    event(batch, day="2026-10-27", title="晚")
    event(batch, day="2026-10-20", title="早")
    batch.refresh_from_db()
    assert [entry.current.title for entry in batch_record(batch).entries] == ["早", "晚"]
    assert entries([]) == []


@pytest.mark.django_db(transaction=True)
def test_two_events_at_once_make_one_chain():
    batch, start = BatchFactory(), threading.Barrier(4)

    def record():
        try:
            start.wait()
            event(batch)
        finally:
            connection.close()

    threads = [threading.Thread(target=record) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(batch.events.order_by("sequence").values_list("sequence", flat=True)) == [1, 2, 3, 4]
    assert not list(broken_links(batch.events.order_by("sequence")))
