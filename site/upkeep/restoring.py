"""Putting a backup back: everything is checked first, then changed over in few steps."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from changes.models import Change
from changes.version import see
from upkeep import media
from upkeep.backups import key_mark
from upkeep.databases import adapter
from upkeep.folders import find_backup
from upkeep.manifest import Manifest, UnusableBackup, check_pieces, read_manifest
from upkeep.models import UpkeepEntry
from upkeep.record import begun, ended, settle_after_restore

Say = Callable[[str], None]


class NotEmpty(Exception):
    """There is something here that would be lost; the caller must want that."""


def restore(*, path: Path, at: datetime, replace: bool = False, say: Say = lambda line: None) -> Path:
    """Put back the backup at `path` (or the newest one below it) and return its folder.

    Nothing is touched before the whole backup was read and found to be what was written. With `replace` what
    is here is given up for it.

    Raises:
        UnusableBackup: there is none, it is not whole, of another kind of database or of a newer program.
        NotEmpty: there are accounts or files here, and `replace` was not asked for.
    """
    folder = find_backup(path)
    manifest = read_manifest(folder)
    say(f"checking {folder.name}")
    _check_fitting(manifest)
    check_pieces(folder, manifest)
    if not replace and not is_empty():
        raise NotEmpty
    newest_change = _newest_change()
    say("unpacking the files")
    files = media.Unpacked(folder, manifest)
    say(f"loading {sum(manifest.rows.values()):,} rows")
    try:
        adapter().load(folder, manifest)
    except BaseException:
        files.discard()
        raise
    files.change_over()
    _settle(folder, manifest, at=at, newest_change=newest_change)
    return folder


def is_empty() -> bool:
    """Tell whether nobody has an account here and nobody uploaded anything."""
    users = get_user_model()
    has_table = users._meta.db_table in connection.introspection.table_names()
    return not (has_table and users.objects.exists()) and not media.has_files()


def has_another_key(folder: Path) -> bool:
    """Tell whether the backup was made with another SECRET_KEY: PINs and device marks then fit no more."""
    return read_manifest(folder).key_mark != key_mark()


def _check_fitting(manifest: Manifest) -> None:
    if manifest.engine != connection.vendor:
        raise UnusableBackup(f"it is of a {manifest.engine} database, this one is {connection.vendor}")
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    unknown = set(manifest.migrations) - loader.disk_migrations.keys()
    ours = {app for app, _name in unknown} & {app.split(".")[0] for app in settings.INSTALLED_APPS}
    if ours:
        raise UnusableBackup("it was made by a newer version of this program: update first")


def _settle(folder: Path, manifest: Manifest, *, at: datetime, newest_change: int) -> None:
    """Say in the record what was done, and let every process forget what it kept."""
    facts = {
        "place": str(folder),
        "size": manifest.size,
        "rows": sum(manifest.rows.values()),
        "files": manifest.files,
    }
    with transaction.atomic():
        settle_after_restore(run=manifest.run, made_at=manifest.made_at, at=at, **facts)
        entry = begun(UpkeepEntry.Kind.RESTORE, what=_("Restore of %(name)s") % {"name": folder.name}, at=at)
        ended(entry, at=timezone.now(), **facts)
        _outdate(entry, newest_change)
    for alias in settings.CACHES:
        caches[alias].clear()


def _outdate(entry: UpkeepEntry, newest_change: int) -> None:
    """Write a change newer than any that a running process has seen: what it kept of pages is then old."""
    number = max(newest_change, _newest_change()) + 1
    Change.objects.create(
        id=number, thing=f"{entry._meta.label_lower}:{entry.pk}", kind=Change.Kind.SAVED, region=""
    )
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Change]):
            cursor.execute(statement)
    transaction.on_commit(lambda: see(number))


def _newest_change() -> int:
    if Change._meta.db_table not in connection.introspection.table_names():
        return 0
    newest: int | None = Change.objects.aggregate(newest=Max("id"))["newest"]
    return newest or 0
