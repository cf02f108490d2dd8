"""Making a backup: the database first, then the files, the manifest last.

In this order every file that a row of the copy speaks of is in the copy too: files come before their rows
and stay after them.
"""

import uuid
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from upkeep import media
from upkeep.databases import adapter
from upkeep.folders import finished_path, forget_old, new_folder
from upkeep.manifest import FORMAT, Manifest, check_pieces, write_manifest
from upkeep.models import UpkeepEntry
from upkeep.record import begun, ended, failed

Say = Callable[[str], None]


def back_up(*, top: Path, at: datetime, keep: int = 0, say: Say = lambda line: None) -> Path:
    """Write a backup of database and files below `top` and return its folder; keep only the newest `keep`.

    The run is entered in the maintenance record, whether it succeeds or not.

    Raises:
        BackupRunning: another one is being written there.
        OSError: it cannot be written there; nothing is left of it.
        UnusableBackup: what was written cannot be read back, or the database is damaged.
    """
    entry = begun(UpkeepEntry.Kind.BACKUP, what=_("Backup of database and files"), at=at)
    try:
        with new_folder(top, at=at) as folder:
            manifest = _write(folder, run=entry.run, at=at, say=say)
        path = finished_path(folder)
    except BaseException as error:
        failed(entry, error, at=timezone.now())
        raise
    ended(
        entry,
        at=timezone.now(),
        place=str(path),
        size=manifest.size,
        rows=sum(manifest.rows.values()),
        files=manifest.files,
        outcome=_left_out(manifest),
    )
    if keep:
        for old in forget_old(top, keep=keep):
            say(f"deleted {old.name}, older than the newest {keep}")
    return path


def key_mark() -> str:
    """Return what tells whether two installations have the same SECRET_KEY, without telling the key."""
    return salted_hmac("upkeep.backups", "which key", secret=settings.SECRET_KEY).hexdigest()[:16]


def _write(folder: Path, *, run: uuid.UUID, at: datetime, say: Say) -> Manifest:
    say("copying the database")
    copied = adapter().dump(folder)
    say(f"{sum(copied.rows.values()):,} rows of {len(copied.rows)} tables; copying the files")
    files = media.pack(folder)
    manifest = Manifest(
        format=FORMAT,
        run=run,
        made_at=at,
        engine=connection.vendor,
        migrations=sorted(MigrationRecorder(connection).applied_migrations()),
        rows=copied.rows,
        sequences=copied.sequences,
        key_mark=key_mark(),
        left_out=media.left_out(),
        pieces=[*copied.pieces, *files],
    )
    write_manifest(folder, manifest)
    say(f"{manifest.files:,} files; reading everything back")
    check_pieces(folder, manifest)
    return manifest


def _left_out(manifest: Manifest) -> str:
    return f"not in it, kept by the provider: {', '.join(manifest.left_out)}" if manifest.left_out else ""
