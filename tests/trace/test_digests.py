"""Daily digests: whoever keeps one can prove that an event was rewritten, even with every later hash."""

import gzip
import hashlib
import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from record.events import chain
from record.events.recording import record_event
from record.models import Batch, ChainDigest, Event
from record.models.digest import DigestIsFinal
from record.proof.files import UnreadableDigest, parse_digest
from record.proof.publishing import AlreadyPublished, publish_digest
from record.tasks import publish_daily_digest
from tests.factories.record import NOW, BatchFactory, event

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
TITLES = ["整地", "移栽", "浇水", "追肥", "采收"]


def _batch(count: int = 5, **facts) -> Batch:
    batch = BatchFactory(planted_on=None, harvested_on=None, **facts)
    for title in TITLES[:count]:
        event(batch, title=title)
    return batch


def _rewrite(batch: Batch, sequence: int, **changes: str) -> None:
    """Change a row as somebody with the database would, and make every later hash fit again."""
    previous = ""
    for row in batch.events.order_by("sequence"):
        if row.sequence == sequence:
            for name, value in changes.items():
                setattr(row, name, value)
        row.previous_hash = previous
        row.hash = previous = chain.event_hash(row, corrects=None, photos=[])
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE record_event SET title = %s, note = %s, previous_hash = %s, hash = %s WHERE id = %s",
                [row.title, row.note, f"x{row.sequence}", row.hash, row.pk],
            )
    # the unique predecessor allows no half-done order: set the real ones at last
    previous = ""
    for pk, own in batch.events.order_by("sequence").values_list("pk", "hash"):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE record_event SET previous_hash = %s WHERE id = %s", [previous, pk])
        previous = own


def _kept(digest: ChainDigest, folder: Path) -> str:
    file = folder / f"{digest}.json"
    file.write_bytes(digest.text)
    return str(file)


def test_a_digest_holds_the_head_of_every_chain() -> None:
    batches = [_batch(2), _batch(3)]
    BatchFactory()  # nothing is recorded of it
    digest = publish_digest(at=NOW)
    facts = json.loads(digest.text)
    assert facts["date"] == "2026-11-20" and facts["previous"] is None
    for batch, head in zip(batches, facts["heads"], strict=True):
        chained = list(batch.events.order_by("sequence").values_list("hash", flat=True))
        assert head == {
            "id": batch.pk,
            "batch": f"{batch.product.gtin}/{batch.lot}",
            "events": len(chained),
            "head": chained[-1],
            "new": chained,
        }
    assert (digest.batches, digest.events) == (2, 5)
    assert digest.sha256 == hashlib.sha256(digest.text).hexdigest()


def test_the_next_digest_names_the_one_before_and_only_new_events() -> None:
    batch = _batch(2)
    first = publish_digest(at=NOW)
    third = event(batch, title="追肥", recorded_at=NOW + timedelta(hours=1))
    facts = json.loads(publish_digest(at=NOW + DAY).text)
    assert facts["previous"] == {"date": "2026-11-20", "sha256": first.sha256}
    assert facts["heads"][0]["events"] == 3 and facts["heads"][0]["new"] == [third.hash]


def test_what_is_recorded_after_the_moment_is_left_to_the_next_day() -> None:
    batch = _batch(2)
    event(batch, title="追肥", recorded_at=NOW + timedelta(hours=1))
    assert json.loads(publish_digest(at=NOW).text)["heads"][0]["events"] == 2


def test_a_day_has_one_digest_and_it_stays() -> None:
    _batch(1)
    digest = publish_digest(at=NOW)
    for at in (NOW + timedelta(hours=1), NOW - DAY):
        with pytest.raises(AlreadyPublished):
            publish_digest(at=at)
    digest.batches = 7
    for act in (digest.save, digest.delete, ChainDigest.objects.all().delete):
        with pytest.raises(DigestIsFinal):
            act()
    assert ChainDigest.objects.get().batches == 1


def test_publishing_reads_the_chains_with_one_query(django_assert_num_queries) -> None:
    for _ in range(4):
        _batch(3)
    with django_assert_num_queries(5):  # the last digest, the chains, savepoint, insert, release
        publish_digest(at=NOW)


def test_the_task_publishes_once_a_day_and_not_before_ten_past_midnight(time_machine) -> None:
    _batch(1)
    time_machine.move_to("2026-11-23T00:05:00+08:00", tick=False)
    publish_daily_digest.call()
    assert not ChainDigest.objects.exists()
    time_machine.move_to("2026-11-23T00:15:00+08:00", tick=False)
    publish_daily_digest.call()
    publish_daily_digest.call()
    assert [str(digest) for digest in ChainDigest.objects.all()] == ["2026-11-23"]


def test_a_changed_row_is_found_without_a_digest() -> None:
    batch = _batch()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE record_event SET note = 'x' WHERE batch_id = %s AND sequence = 3", [batch.pk])
    with pytest.raises(CommandError, match=rf"{batch.lot}: event 3 \(浇水\) was changed") as refused:
        call_command("verify_chain")
    assert refused.value.returncode == 1


@pytest.mark.parametrize("sequence", [1, 3, 5])
def test_a_rewritten_chain_is_whole_and_contradicts_the_digest(sequence: int, tmp_path: Path) -> None:
    other, batch = _batch(), _batch()
    kept = _kept(publish_digest(at=NOW), tmp_path)
    _rewrite(batch, sequence, title="没有打药")
    call_command("verify_chain")  # recomputing alone finds nothing
    found = rf"{batch.lot}: event {sequence} \(没有打药\) is not the one of the digest"
    with pytest.raises(CommandError, match=found) as refused:
        call_command("verify_chain", digest=kept)
    assert refused.value.returncode == 1 and other.lot not in str(refused.value)
    call_command("verify_chain", f"{other.product.gtin}/{other.lot}", digest=kept)


def test_a_later_digest_vouches_for_earlier_ones_and_so_names_the_event(tmp_path: Path) -> None:
    batch = _batch(3)
    publish_digest(at=NOW)
    event(batch, title="追肥", recorded_at=NOW + timedelta(hours=1))
    kept = _kept(publish_digest(at=NOW + DAY), tmp_path)
    _rewrite(batch, 2, title="别的")
    with pytest.raises(CommandError, match=r"event 2 \(别的\) is not the one of the digest"):
        call_command("verify_chain", digest=kept)


def test_without_the_earlier_digests_the_span_is_named(tmp_path: Path) -> None:
    batch = _batch(3)
    publish_digest(at=NOW)
    kept = _kept(publish_digest(at=NOW + DAY), tmp_path)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM record_chaindigest")
    _rewrite(batch, 2, title="别的")
    with pytest.raises(CommandError, match=r"event 3 \(浇水\) or one before it was rewritten"):
        call_command("verify_chain", digest=kept)


def test_a_lost_event_and_an_altered_digest_are_named(tmp_path: Path) -> None:
    batch = _batch(3)
    publish_digest(at=NOW)
    kept = _kept(publish_digest(at=NOW + DAY), tmp_path)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM record_event WHERE batch_id = %s AND sequence = 3", [batch.pk])
        cursor.execute(
            "UPDATE record_chaindigest SET content = %s WHERE date = '2026-11-20'", [gzip.compress(b"{}")]
        )
    with pytest.raises(CommandError) as refused:
        call_command("verify_chain", digest=kept)
    assert f"{batch.lot}: event 3 is in the digest and no longer on record" in str(refused.value)
    assert "the digest of 2026-11-20 stored here is not the one that was published" in str(refused.value)


def test_new_events_and_a_renamed_lot_contradict_nothing(tmp_path: Path) -> None:
    batch = _batch(2)
    kept = _kept(publish_digest(at=NOW), tmp_path)
    event(batch, title="追肥")
    Batch.objects.filter(pk=batch.pk).update(lot="LC-NEU")
    call_command("verify_chain", digest=kept)


def test_what_is_no_digest_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text('{"format": "other"}')
    for name in ("x.json", "nothing.json"):
        with pytest.raises(CommandError) as refused:
            call_command("verify_chain", digest=str(tmp_path / name))
        assert refused.value.returncode == 2


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(file: bytes) -> None:
    with pytest.raises(UnreadableDigest):
        parse_digest(file)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.integers(0, 2), min_size=3, max_size=12), st.data())
def test_whatever_is_recorded_between_digests_one_rewritten_event_is_named(
    tmp_path: Path, steps: list[int], data
) -> None:
    batches = [BatchFactory(planted_on=None, harvested_on=None) for _ in range(2)]
    at = (ChainDigest.objects.order_by("-date").values_list("made_at", flat=True).first() or NOW) + DAY
    digest = None
    for number, step in enumerate(steps):
        if step == 2:
            digest, at = publish_digest(at=at), at + DAY
        else:
            record_event(
                batch=batches[step], stage="production", title=f"第{number}步", at=NOW, recorded_at=at
            )
    digest = publish_digest(at=at)
    recorded = list(Event.objects.filter(batch__in=batches).order_by("pk"))
    if not recorded:
        return
    victim = data.draw(st.sampled_from(recorded))
    _rewrite(victim.batch, victim.sequence, title="改")
    with pytest.raises(CommandError, match=rf"{victim.batch.lot}: event {victim.sequence} \(改\) is not"):
        call_command("verify_chain", digest=_kept(digest, tmp_path))


def test_the_file_is_served_as_published_and_for_ever(client: Client) -> None:
    _batch(2)
    digest = publish_digest(at=NOW)
    answer = client.get("/trace/digests/2026-11-20.json")
    assert answer.status_code == 200 and answer.content == digest.text
    assert "immutable" in answer["Cache-Control"] and answer["Content-Type"].startswith("application/json")
    zipped = client.get("/trace/digests/2026-11-20.json", headers={"Accept-Encoding": "gzip"})
    assert zipped["Content-Encoding"] == "gzip" and gzip.decompress(zipped.content) == digest.text
    again = client.get("/trace/digests/2026-11-20.json", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    for day in ("2026-11-19", "2026-13-01", "x"):
        assert client.get(f"/trace/digests/{day}.json").status_code == 404


def test_the_list_shows_what_was_published(client: Client, django_assert_max_num_queries) -> None:
    assert "2026-11-20" not in client.get("/trace/digests/").content.decode()
    _batch(2)
    digest = publish_digest(at=NOW)
    with django_assert_max_num_queries(8):
        page = client.get("/trace/digests/").content.decode()
    assert "/trace/digests/2026-11-20.json" in page and digest.sha256[:16] in page
