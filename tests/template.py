"""A migrated database to copy: migrating takes a minute, copying a moment.

Two stages, each built once per content: the 300 migrations of others, then ours on top of a copy.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

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
THIRD_PARTY_APPS = ("wagtailcore", "wagtailadmin", "order", "axes", "account")


def build_template() -> None:
    """Build the template of the database the tests will use, unless it is there."""
    with _alone():
        if is_postgres():
            _postgres_template()
        else:
            _sqlite_template()


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

    def restore(self) -> None:
        """Make the copy as new and point Django at it."""
        from django.db import connections

        connection = connections["default"]
        connection.close()
        if is_postgres():
            name = self._postgres_name
            _recreate(name, template=_postgres_template())
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


def _digest(*tops: str) -> str:
    digest = hashlib.sha256("".join(f"{package}={version(package)};" for package in PACKAGES).encode())
    for file in sorted(file for top in tops for file in (ROOT / top).rglob("migrations/*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


@cache  # one template for the whole run, even when somebody edits a migration meanwhile
def _ours() -> str:
    # `migrate` ends by giving the groups of the roles their rights, so these are part of the template
    rights = [(ROOT / "site" / "accounts" / name).read_bytes() for name in ("roles.py", "groups.py")]
    migrations = _digest("site", "brand", "trace", "shop").encode()
    return hashlib.sha256(migrations + b"".join(rights)).hexdigest()[:12]


def _migrate(url: str, *apps: str) -> None:
    settings = {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    for app in apps or ("",):
        command = [sys.executable, str(ROOT / "manage.py"), "migrate", "-v0", *([app] if app else [])]
        subprocess.run(command, check=True, env={**os.environ, **settings})


def _sqlite_template() -> Path:
    finished = VAR / f"test-template-{_ours()}.sqlite3"
    if not finished.exists():
        base = VAR / f"test-base-{_digest('site/accounts')}.sqlite3"
        if not base.exists():
            _sqlite_build(base, None, *THIRD_PARTY_APPS)
        _sqlite_build(finished, base)
    return finished


def _sqlite_build(target: Path, base: Path | None, *apps: str) -> None:
    building = target.with_suffix(f".{os.getpid()}")
    if base:
        shutil.copy(base, building)
    _migrate(f"sqlite:///{building}", *apps)
    with sqlite3.connect(building) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()
    building.replace(target)


def _postgres_template() -> str:
    finished = f"fengtu_template_{_ours()}"
    if not _exists(finished):
        base = f"fengtu_base_{_digest('site/accounts')}"
        if not _exists(base):
            _postgres_build(base, None, *THIRD_PARTY_APPS)
        _postgres_build(finished, base)
    return finished


def _postgres_build(name: str, base: str | None, *apps: str) -> None:
    _recreate(f"{name}_building", template=base or "template0")
    _migrate(f"{os.environ['DATABASE_URL'].rsplit('/', 1)[0]}/{name}_building", *apps)
    _admin(f'ALTER DATABASE "{name}_building" RENAME TO "{name}"')


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
