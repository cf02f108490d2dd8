"""A migrated database to copy: migrating takes a minute, copying a moment.

It is built once per content of the migrations, in one go: half of the migrations and then the rest take twice
as long, since both times Django makes up the state of all of them. `python -m tests.template` builds those of
all databases that are set at once, before anybody waits for one.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from lib.catalogues import compile_changed
from tests.renewing import Pristine

ROOT = Path(__file__).resolve().parents[1]
VAR = ROOT / "var"
PACKAGES = (
    "django",
    "wagtail",
    "django-oscar",
    "django-taggit",
    "django-treebeard",
    "modelsearch",
    "django-axes",
)


def build_template() -> None:
    """Build the template of the database the tests will use, unless it is there."""
    with _alone():
        if is_postgres():
            _postgres_template()
        else:
            _sqlite_template()


def build_templates() -> None:
    """Build the SQLite template, and beside it the one of the PostgreSQL that is set."""
    compile_changed(ROOT)  # the groups of the roles are called by their translated names
    with _alone(), ThreadPoolExecutor() as pool:
        building = [pool.submit(_sqlite_template)]
        if is_postgres():
            building.append(pool.submit(_postgres_template))
        for each in building:
            each.result()


def template_path() -> Path:
    """Return the SQLite template; `build_template` has made it."""
    return _sqlite_template()


def copy_postgres_template(name: str) -> str:
    """Make a database `name` from the template and return its URL."""
    _recreate(name, template=_postgres_template())
    return f"{os.environ['DATABASE_URL'].rsplit('/', 1)[0]}/{name}"


def copy_postgres(url: str, *, name: str) -> str:
    """Make a database `name` from the one at `url`, which nobody may be connected to, and return its URL."""
    _recreate(name, template=url.rsplit("/", 1)[1])
    return f"{url.rsplit('/', 1)[0]}/{name}"


def drop_postgres(url: str) -> None:
    """Remove the database at `url`, whoever is still connected."""
    _admin(f'DROP DATABASE IF EXISTS "{url.rsplit("/", 1)[1]}" WITH (FORCE)')


@dataclass
class TestDatabase:
    """This process's copy of the template."""

    __test__ = False  # not a test class, whatever its name
    worker: str
    folder: Path
    pristine: Pristine | None = None

    def restore(self) -> None:
        """Make the copy as new and point Django at it."""
        from django.db import connections

        connection = connections["default"]
        connection.close()
        if is_postgres():
            name = self._postgres_name
            if self.pristine is None or not self.pristine.again():
                self.pristine = Pristine.of(copy_postgres_template(name))
        else:
            name = str(self.folder / "test.sqlite3")
            for leftover in self.folder.glob("test.sqlite3*"):
                leftover.unlink()
            shutil.copy(_sqlite_template(), name)
        connection.settings_dict["NAME"] = name

    @property
    def _postgres_name(self) -> str:
        # two test runs on one server must not share a database
        return f"fengtu_test_{os.getpid()}_{self.worker}"

    def drop(self) -> None:
        """Remove the copy."""
        from django.db import connections

        connections["default"].close()
        if is_postgres():
            _admin(f'DROP DATABASE IF EXISTS "{self._postgres_name}" WITH (FORCE)')


def is_postgres() -> bool:
    """Tell whether the tests run against PostgreSQL."""
    return os.environ.get("DATABASE_URL", "").startswith("postgres")


@cache  # one template for the whole run, even when somebody edits a migration meanwhile
def _digest() -> str:
    digest = hashlib.sha256("".join(f"{package}={version(package)};" for package in PACKAGES).encode())
    tops = [ROOT / top for top in ("site", "brand", "trace", "shop")]
    for file in sorted(file for top in tops for file in top.rglob("migrations/*.py")):
        digest.update(file.read_bytes())
    # `migrate` ends by giving the groups of the roles their rights, so these are part of the template
    for name in ("roles.py", "groups.py"):
        digest.update((ROOT / "site" / "accounts" / name).read_bytes())
    return digest.hexdigest()[:12]


def _migrate(url: str) -> None:
    settings = {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    command = [sys.executable, str(ROOT / "manage.py"), "migrate", "-v0"]
    subprocess.run(command, check=True, env={**os.environ, **settings})


def _sqlite_template() -> Path:
    finished = VAR / f"test-template-{_digest()}.sqlite3"
    if not finished.exists():
        _sqlite_build(finished)
    return finished


def _sqlite_build(target: Path) -> None:
    building = target.with_suffix(f".{os.getpid()}")
    building.unlink(missing_ok=True)
    _migrate(f"sqlite:///{building}")
    with sqlite3.connect(building) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()
    building.replace(target)


def _postgres_template() -> str:
    finished = f"fengtu_template_{_digest()}"
    if not _exists(finished):
        _recreate(f"{finished}_building", template="template0")
        _migrate(f"{os.environ['DATABASE_URL'].rsplit('/', 1)[0]}/{finished}_building")
        _admin(f'ALTER DATABASE "{finished}_building" RENAME TO "{finished}"')
    return finished


def _recreate(name: str, *, template: str) -> None:
    _admin(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    _admin(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def _exists(name: str) -> bool:
    return bool(_admin(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"))


def _admin(statement: str) -> list[tuple[object, ...]]:
    import psycopg

    url = f"{os.environ['DATABASE_URL'].rsplit('/', 1)[0]}/postgres"
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


@contextmanager
def _alone() -> Iterator[None]:
    """Let one test run build at a time."""
    VAR.mkdir(exist_ok=True)
    with (VAR / "test-template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    build_templates()
