"""Backup and restore: what is put back is what was there, and half a backup is none."""

import json
import shutil
import tarfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import User
from changes import version
from changes.models import Change
from record.events.chain import broken_links
from record.models import Batch, Event
from tests.factories.accounts import UserFactory
from tests.factories.record import BatchFactory, active_code, event
from upkeep import backups, media
from upkeep.backups import back_up
from upkeep.folders import BackupRunning, backups_in, new_folder
from upkeep.manifest import UnusableBackup, read_manifest
from upkeep.models import UpkeepEntry
from upkeep.restoring import NotEmpty, is_empty, restore
from upkeep.tasks import back_up_daily

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
State, Kind = UpkeepEntry.State, UpkeepEntry.Kind


@pytest.fixture(autouse=True)
def _empty_storages():
    """Count no files that other tests of this process left, and leave none."""
    _remove_files()
    yield
    _remove_files()


def _remove_files() -> None:
    for folder in media.folders().values():
        shutil.rmtree(folder, ignore_errors=True)


def _save(name: str, content: bytes, alias: str = "default") -> None:
    storages[alias].save(name, ContentFile(content))


def _world() -> tuple[Batch, set[str]]:
    """Return a batch with events and a code, files, and what every table holds."""
    UserFactory()
    code = active_code()
    event(code.batch, title="采收")
    _save("pictures/葱.webp", b"picture")
    _save("report.pdf", b"secret", "private")
    return code.batch, _rows()


def _rows() -> set[str]:
    """Return every row of every table, but those of the maintenance record and the outbox."""
    found = set()
    for table in connection.introspection.table_names():
        if table.startswith(("upkeep_", "changes_", "django_session", "wagtailsearch", "modelsearch")):
            continue
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            found |= {f"{table}: {row}" for row in cursor.fetchall()}
    return found


def _files() -> dict[str, bytes]:
    return {
        f"{alias}/{file.relative_to(folder)}": file.read_bytes()
        for alias, folder in media.folders().items()
        for file in media._files(folder)
    }


@pytest.mark.django_db(transaction=True)
def test_what_is_put_back_is_what_was_there(tmp_path: Path) -> None:
    batch, rows = _world()
    files = _files()
    folder = back_up(top=tmp_path, at=NOW)
    event(batch, title="后来的")
    User.objects.update(first_name="变了")
    default_storage.delete("pictures/葱.webp")
    _save("later.txt", b"later")
    assert restore(path=tmp_path, at=NOW + timedelta(hours=1), replace=True) == folder
    assert _rows() == rows
    assert _files() == files
    restored = Batch.objects.get(pk=batch.pk)
    assert list(broken_links(restored.events.prefetch_related("photos__image"))) == []
    event(restored, title="接着记")  # and work goes on: sequences stand where they stood
    assert Event.objects.filter(batch=batch).count() == 2
    BatchFactory()


@pytest.mark.django_db(transaction=True)
def test_running_processes_forget_what_they_kept(tmp_path: Path) -> None:
    _world()
    back_up(top=tmp_path, at=NOW)
    for _ in range(3):
        event(Batch.objects.get(), title="后来的")
    before = Change.objects.order_by("-id").first().pk
    cache.set("kept", 1)
    restore(path=tmp_path, at=NOW, replace=True)
    assert cache.get("kept") is None
    assert Change.objects.order_by("-id").first().pk > before
    assert version.seen() > before
    event(Batch.objects.get(), title="接着记")


@pytest.mark.django_db(transaction=True)
def test_the_record_tells_of_every_run(tmp_path: Path) -> None:
    _world()
    UpkeepEntry.objects.create(kind=Kind.REPAIR, state=State.RUNNING, what="换硬盘", started_at=NOW)
    folder = back_up(top=tmp_path, at=NOW)
    entry = UpkeepEntry.objects.get(kind=Kind.BACKUP)
    manifest = read_manifest(folder)
    assert (entry.state, entry.place, entry.size) == (State.DONE, str(folder), manifest.size)
    assert entry.files == 2 and entry.rows == sum(manifest.rows.values()) > 100
    restore(path=tmp_path, at=NOW + timedelta(hours=1), replace=True)
    told = {each.kind: each for each in UpkeepEntry.objects.all()}
    assert told[Kind.BACKUP].state == told[Kind.RESTORE].state == State.DONE
    assert told[Kind.BACKUP].size == told[Kind.RESTORE].size == manifest.size
    assert told[Kind.REPAIR].state == State.FAILED and "interrupted" in told[Kind.REPAIR].outcome


@pytest.mark.django_db(transaction=True)
def test_nothing_is_given_up_unasked(tmp_path: Path) -> None:
    batch, _rows_then = _world()
    back_up(top=tmp_path, at=NOW)
    event(batch, title="后来的")
    with pytest.raises(NotEmpty):
        restore(path=tmp_path, at=NOW)
    with pytest.raises(CommandError, match=r"nothing was changed.*--replace"):
        call_command("restore", tmp_path)
    assert Event.objects.filter(title="后来的").exists()
    call_command("restore", tmp_path, replace=True, verbosity=0)
    assert not Event.objects.filter(title="后来的").exists()


@pytest.mark.django_db(transaction=True)
def test_an_empty_installation_takes_a_backup_unasked(tmp_path: Path) -> None:
    batch, rows = _world()
    back_up(top=tmp_path, at=NOW)
    for folder in media.folders().values():
        shutil.rmtree(folder, ignore_errors=True)
    call_command("flush", interactive=False, verbosity=0)
    assert is_empty()
    restore(path=tmp_path, at=NOW)
    assert _rows() == rows and Batch.objects.get().pk == batch.pk


def _damage_missing(folder: Path) -> None:
    next(folder.glob("files-*.tar")).unlink()


def _damage_changed(folder: Path) -> None:
    file = next(path for path in folder.iterdir() if path.name.startswith(("database", "table-000")))
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def _damage_short(folder: Path) -> None:
    file = next(folder.glob("files-default.tar"))
    file.write_bytes(file.read_bytes()[:-512])


def _damage_no_manifest(folder: Path) -> None:
    (folder / "manifest.json").unlink()


def _damage_outside(folder: Path) -> None:
    facts = json.loads((folder / "manifest.json").read_text())
    facts["pieces"][0]["file"] = "../elsewhere"
    (folder / "manifest.json").write_text(json.dumps(facts))


def _damage_newer(folder: Path) -> None:
    facts = json.loads((folder / "manifest.json").read_text())
    facts["migrations"].append(["record", "9999_future"])
    (folder / "manifest.json").write_text(json.dumps(facts))


def _damage_engine(folder: Path) -> None:
    facts = json.loads((folder / "manifest.json").read_text())
    facts["engine"] = "oracle"
    (folder / "manifest.json").write_text(json.dumps(facts))


def _damage_rows(folder: Path) -> None:
    facts = json.loads((folder / "manifest.json").read_text())
    facts["rows"]["record_event"] += 1
    for piece in facts["pieces"]:
        if piece["holds"] == "record_event":
            piece["count"] += 1
    (folder / "manifest.json").write_text(json.dumps(facts))


@pytest.mark.django_db(transaction=True)
def test_a_damaged_backup_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    batch, _rows_then = _world()
    whole = back_up(top=tmp_path / "whole", at=NOW)
    event(batch, title="后来的")
    rows, files = _rows(), _files()
    damages = [value for name, value in globals().items() if name.startswith("_damage_")]
    assert len(damages) == 8
    for damage in damages:
        folder = tmp_path / damage.__name__ / whole.name
        shutil.copytree(whole, folder)
        damage(folder)
        with pytest.raises(UnusableBackup):
            restore(path=folder.parent, at=NOW, replace=True)
        assert (_rows(), _files()) == (rows, files), damage.__name__


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="a SQLite backup brings its tables along")
def test_tables_set_aside_for_those_of_an_older_backup_come_back_when_it_fails(monkeypatch) -> None:
    from upkeep.databases import postgresql

    _world()
    rows = _rows()
    monkeypatch.setattr(postgresql, "_migrate_to", lambda migrations: None)
    with pytest.raises(OSError), postgresql._schema_of({("record", "0001_initial")}):
        assert connection.introspection.table_names() == []
        raise OSError(28, "No space left on device")
    assert _rows() == rows


@pytest.mark.django_db(transaction=True)
def test_a_file_that_would_leave_its_folder_is_refused(tmp_path: Path) -> None:
    _world()
    folder = back_up(top=tmp_path, at=NOW)
    tar = folder / "files-default.tar"
    with tarfile.open(tar, "w") as archive:
        archive.add(folder / "manifest.json", arcname="../outside.txt")
    facts = json.loads((folder / "manifest.json").read_text())
    for piece in facts["pieces"]:
        if piece["file"] == tar.name:
            fresh = backups.media.piece_of(tar, kind="files", holds="default", count=1)
            piece |= {"sha256": fresh.sha256, "size": fresh.size}
    (folder / "manifest.json").write_text(json.dumps(facts))
    files = _files()
    with pytest.raises(UnusableBackup, match="cannot be unpacked"):
        restore(path=folder, at=NOW, replace=True)
    assert _files() == files


@pytest.mark.django_db(transaction=True)
def test_a_backup_that_fails_leaves_nothing_but_its_entry(tmp_path: Path, monkeypatch) -> None:
    _world()

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(media, "pack", full)
    with pytest.raises(CommandError, match="No space left"):
        call_command("backup", tmp_path, verbosity=0)
    assert backups_in(tmp_path) == [] and list(tmp_path.glob("fengtu-*")) == []
    entry = UpkeepEntry.objects.get()
    assert entry.state == State.FAILED and "No space left" in entry.outcome


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_backup_left_is_no_backup_and_is_cleared_away(tmp_path: Path) -> None:
    _world()
    half = tmp_path / "fengtu-20261122T000000Z.unfinished"
    half.mkdir()
    (half / "manifest.json").write_text("{}")
    with pytest.raises(UnusableBackup, match="no whole backup"):
        restore(path=tmp_path, at=NOW, replace=True)
    back_up(top=tmp_path, at=NOW)
    assert not half.exists() and len(backups_in(tmp_path)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_backups_at_once_are_refused(tmp_path: Path) -> None:
    with new_folder(tmp_path, at=NOW), pytest.raises(BackupRunning):
        back_up(top=tmp_path, at=NOW)
    assert UpkeepEntry.objects.get().state == State.FAILED


@pytest.mark.django_db(transaction=True)
def test_the_nightly_backup_keeps_the_newest(tmp_path: Path, settings, time_machine) -> None:
    settings.BACKUP_DIR, settings.BACKUP_KEEP = str(tmp_path), 2
    for day in (21, 22, 23):
        time_machine.move_to(datetime(2026, 11, day, 3, tzinfo=UTC), tick=False)
        back_up_daily.call()
    names = [folder.name for folder in backups_in(tmp_path)]
    assert names == ["fengtu-20261122T030000Z", "fengtu-20261123T030000Z"]


@pytest.mark.django_db(transaction=True)
def test_administrators_hear_of_a_nightly_backup_that_failed(tmp_path: Path, settings) -> None:
    UserFactory(email="chief@example.org", is_superuser=True)
    blocked = tmp_path / "file"
    blocked.write_text("")
    settings.BACKUP_DIR = str(blocked)
    for _ in range(2):
        with pytest.raises(OSError):
            back_up_daily.call()
    assert [message.to for message in mail.outbox] == [["chief@example.org"]]


@pytest.mark.django_db(transaction=True)
def test_another_secret_key_is_said(tmp_path: Path, settings, capsys) -> None:
    _world()
    back_up(top=tmp_path, at=NOW)
    settings.SECRET_KEY = "another"
    call_command("restore", tmp_path, replace=True, verbosity=0)
    assert "SECRET_KEY" in capsys.readouterr().err
