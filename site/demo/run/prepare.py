"""What has to be there before anything runs: database, translations, static files."""

import io
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from config import ROOT
from lib.catalogues import compile_changed

Say = Callable[[str], None]


class MigrationProgress(io.StringIO):
    """A stream for `migrate` that turns its " OK" lines into one counting line."""

    def __init__(self, total: int, say: Say) -> None:
        super().__init__()
        self.total, self.say, self.done = total, say, 0

    def write(self, text: str) -> int:
        """Count what is done."""
        if " OK" in text:
            self.done += 1
            if self.done % 10 == 0 or self.done == self.total:
                self.say(f"  database: {self.done} of {self.total} steps")
        return len(text)


def migrate(say: Say) -> None:
    """Bring the database up to date, saying how far it is."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        call_command("migrate", stdout=MigrationProgress(len(plan), say), interactive=False)


def start_collecting() -> "subprocess.Popen[bytes] | None":
    """Collect static files in another process when they changed, since migrating keeps this one busy."""
    if _collected().exists() and _collected().stat().st_mtime >= _newest_static():
        return None
    command = [sys.executable, str(ROOT / "manage.py"), "collectstatic", "--noinput", "-v0"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)


def finish_collecting(process: "subprocess.Popen[bytes] | None") -> None:
    """Wait for the static files.

    Raises:
        subprocess.CalledProcessError: they could not be collected.
    """
    if process is None:
        return
    if process.wait() != 0:
        raise subprocess.CalledProcessError(process.returncode, "collectstatic")
    _collected().touch()


def prepare(say: Say) -> None:
    """Do all of it."""
    began = time.monotonic()
    compile_changed(ROOT)
    collecting = start_collecting()
    migrate(say)
    finish_collecting(collecting)
    say(f"  database and pages ready after {time.monotonic() - began:.0f} s")


def _collected() -> Path:
    return Path(settings.STATIC_ROOT) / "staticfiles.json"


def _newest_static() -> float:
    folders = [
        ROOT / "themes",
        *ROOT.glob("*/*/static"),
        *ROOT.glob("*/static"),
        ROOT / "uv.lock",
        ROOT / "package-lock.json",
    ]
    files: list[Any] = [
        file for folder in folders for file in ([folder] if folder.is_file() else folder.rglob("*"))
    ]
    return max((file.stat().st_mtime for file in files), default=0.0)
