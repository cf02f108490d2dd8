"""The demo's content, pictures and static files, made once in a test run: each product begins with a copy.

Journeys run in several processes. The first that needs the content loads it, the others wait for it.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.template import (
    ROOT,
    copy_postgres,
    copy_postgres_template,
    drop_postgres,
    is_postgres,
    template_path,
)

RUN = "FENGTU_TEST_RUN"  # in the environment of all processes of one run: the folder of what they share
_LOAD = """
import django
django.setup()
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.management import call_command
from django.utils import timezone
from demo.load import load_demo
from demo.run.prepare import finish_collecting, start_collecting
PBKDF2PasswordHasher.iterations = 1000  # a third of a second less for each account
collecting = start_collecting()
load_demo(at=timezone.now(), say=lambda line: None)
finish_collecting(collecting)
call_command("db_worker", batch=True)  # or each product would draw the same pictures
"""


def begin() -> None:
    """Make the folder that the processes of this run share; called before they start."""
    os.environ[RUN] = tempfile.mkdtemp(prefix="fengtu-loaded-")


def end() -> None:
    """Remove what `begin` and the loading left."""
    folder = Path(os.environ.pop(RUN))
    if (url := folder / "url").exists() and is_postgres():
        drop_postgres(url.read_text())
    shutil.rmtree(folder, ignore_errors=True)


def fresh_database(folder: Path) -> str:
    """Put the demo content, with the passwords that belong to it, into `folder`; return the database URL."""
    shared = Path(os.environ[RUN])
    with (shared / "lock").open("w") as lock:  # PostgreSQL copies a database that nobody else reads
        fcntl.flock(lock, fcntl.LOCK_EX)
        source, url = _loaded(shared)
        shutil.copytree(source, folder, dirs_exist_ok=True)
        if is_postgres():
            return copy_postgres(url, name=f"fengtu_e2e_{os.getpid()}_{folder.name}")
    return f"sqlite:///{folder / 'db.sqlite3'}"


def _loaded(shared: Path) -> tuple[Path, str]:
    """Return the folder, and the database, that the content was loaded into."""
    content, url = shared / "content", shared / "url"
    if not url.exists():
        shutil.rmtree(content, ignore_errors=True)
        content.mkdir()
        url.write_text(_load(content))
    return content, url.read_text()


def _load(folder: Path) -> str:
    if is_postgres():
        url = copy_postgres_template(f"fengtu_e2e_{os.getpid()}_loaded")
    else:
        url = f"sqlite:///{folder / 'db.sqlite3'}"
        shutil.copy(template_path(), folder / "db.sqlite3")
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings.demo", "VAR_DIR": str(folder), "DATABASE_URL": url}
    paths = {"PYTHONPATH": f"{ROOT}:{ROOT / 'site'}:{ROOT / 'trace'}"}
    environment = {**os.environ, **settings, **paths}
    subprocess.run([sys.executable, "-c", _LOAD], cwd=ROOT, env=environment, check=True)
    return url
