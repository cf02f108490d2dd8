"""The structure holds: migrations are complete, names of the standard library stay free, settings are documented."""

import re
import site
import subprocess
import sys
import trace

import pytest
from django.core.management import call_command

from config import ROOT


def test_site_and_trace_are_still_the_standard_library_s() -> None:
    assert hasattr(site, "getsitepackages")
    assert hasattr(trace, "Trace")
    assert not (ROOT / "site" / "__init__.py").exists()
    assert not (ROOT / "trace" / "__init__.py").exists()


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_imports_go_one_way() -> None:
    done = subprocess.run(
        [str(ROOT / ".venv/bin/lint-imports") if (ROOT / ".venv").exists() else "lint-imports"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_every_environment_variable_is_in_the_readme() -> None:
    sources = [*(ROOT / "site" / "config").rglob("*.py"), *(ROOT / "site" / "demo").rglob("*.py")]
    read = {
        name
        for file in sources
        for name in re.findall(r"env\.(?:text|flag|number|names|url|part|database)\(\s*\"([A-Z_]+)\"", file.read_text())
    }
    for readme in ("README.md", "README.zh.md"):
        table = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / readme).read_text(), re.MULTILINE))
        assert read == table, f"{readme}: missing {read - table}, unknown {table - read}"


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "PUBLIC_BASE_URL", "DATABASE_URL", "REDIS_URL", "MQTT_URL"])
def test_production_refuses_to_start_without(name: str) -> None:
    environment = {
        "SECRET_KEY": "x" * 50, "ALLOWED_HOSTS": "example.org", "PUBLIC_BASE_URL": "https://example.org",
        "DATABASE_URL": "postgres://db/x", "REDIS_URL": "redis://r/0", "MQTT_URL": "mqtt://m", "PATH": "/usr/bin:/bin",
    }  # fmt: skip
    del environment[name]
    code = "import sys; sys.path[:0] = ['.', 'site', 'trace']; import config.settings.production"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert f"{name} must be set" in done.stderr


def test_production_starts_with_all_set() -> None:
    environment = {
        "SECRET_KEY": "x" * 50, "ALLOWED_HOSTS": "example.org", "PUBLIC_BASE_URL": "https://example.org",
        "DATABASE_URL": "postgres://db/x", "REDIS_URL": "redis://r/0", "MQTT_URL": "mqtt://m", "PATH": "/usr/bin:/bin",
    }  # fmt: skip
    code = "import sys; sys.path[:0] = ['.', 'site', 'trace']; import config.settings.production as s; assert not s.DEBUG"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=True)
