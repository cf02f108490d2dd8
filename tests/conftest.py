"""The test database: a copy of a migrated template that is built once per set of migrations."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
VAR = ROOT / "var"
_PACKAGES = (
    "django",
    "wagtail",
    "django-oscar",
    "django-taggit",
    "django-treebeard",
    "modelsearch",
    "django-axes",
)


def _digest(files: list[Path], *, salt: str = "") -> str:
    digest = hashlib.sha256(salt.encode())
    for package in _PACKAGES:
        digest.update(f"{package}={version(package)};".encode())
    for file in sorted(files):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _migrations(*tops: str) -> list[Path]:
    return [file for top in tops for file in (ROOT / top).rglob("migrations/*.py")]


def _migrate(database: Path, *apps: str) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{database}",
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }
    for app in apps or ("",):
        command = [sys.executable, str(ROOT / "manage.py"), "migrate", "-v0", *([app] if app else [])]
        subprocess.run(command, check=True, env=environment)
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()


def _third_party_template() -> Path:
    """Return a database with the 300 migrations that are not ours: they take a minute and never change."""
    path = VAR / f"test-base-{_digest(_migrations('site/accounts'))}.sqlite3"
    if not path.exists():
        building = path.with_suffix(f".{os.getpid()}")
        _migrate(building, "wagtailcore", "wagtailadmin", "order", "axes", "account")
        building.replace(path)
    return path


def template_database() -> Path:
    """Return the migrated template, building it when migrations changed."""
    path = VAR / f"test-template-{_digest(_migrations('site', 'brand', 'trace', 'shop'))}.sqlite3"
    if not path.exists():
        VAR.mkdir(exist_ok=True)
        building = path.with_suffix(f".{os.getpid()}")
        shutil.copy(_third_party_template(), building)
        _migrate(building)
        building.replace(path)
    return path


def pytest_configure(config: pytest.Config) -> None:
    """Build the template before workers start, so that they do not all build it."""
    if not hasattr(config, "workerinput"):
        template_database()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Use a copy of the template instead of migrating."""
    from django.db import connections

    database = tmp_path_factory.mktemp("database") / "test.sqlite3"
    shutil.copy(template_database(), database)
    connection = connections["default"]
    connection.close()
    connection.settings_dict["NAME"] = str(database)
    yield
    connection.close()
