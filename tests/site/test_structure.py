"""The structure holds: migrations complete, the standard library keeps its names, settings documented."""

import os
import re
import site
import subprocess
import sys
import trace

import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from config import ROOT


def test_site_and_trace_are_still_the_standard_library_s() -> None:
    assert hasattr(site, "getsitepackages")
    assert hasattr(trace, "Trace")
    assert not (ROOT / "site" / "__init__.py").exists()
    assert not (ROOT / "trace" / "__init__.py").exists()


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_reading_the_migrations_renders_no_model() -> None:
    state = MigrationLoader(None).project_state()
    assert "apps" not in state.__dict__, "all that follow render their neighbours: 40 s, not 0.1"


def test_imports_go_one_way() -> None:
    program = ROOT / ".venv/bin/lint-imports"
    command = [str(program) if program.exists() else "lint-imports"]
    path = {**os.environ, "PYTHONPATH": ".:site:trace"}
    done = subprocess.run(command, cwd=ROOT, env=path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_environment_variable_is_in_the_readme() -> None:
    sources = [*(ROOT / "site" / "config").rglob("*.py"), *(ROOT / "site" / "demo").rglob("*.py")]
    read = {
        name
        for file in sources
        for name in re.findall(
            r"env\.(?:text|flag|number|names|url|part|database)\(\s*\"([A-Z0-9_]+)\"", file.read_text()
        )
    }
    for readme in ("README.md", "README.zh.md"):
        table = set(re.findall(r"^\| `([A-Z0-9_]+)`", (ROOT / readme).read_text(), re.MULTILINE))
        assert read == table, f"{readme}: missing {read - table}, unknown {table - read}"


PRODUCTION = {
    "SECRET_KEY": "x" * 50,
    "ALLOWED_HOSTS": "example.org",
    "PUBLIC_BASE_URL": "https://example.org",
    "DATABASE_URL": "postgres://db/x",
    "REDIS_URL": "redis://r/0",
    "MQTT_URL": "mqtt://m",
    "SMS_URL": "https://sms.example.org/",
    "PATH": "/usr/bin:/bin",
}
START = "import sys; sys.path[:0] = ['.', 'site', 'trace']; import config.settings.production as s; assert not s.DEBUG"  # noqa: E501


def _start_production(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", START]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", sorted(PRODUCTION.keys() - {"PATH"}))
def test_production_refuses_to_start_without(name: str) -> None:
    done = _start_production({key: value for key, value in PRODUCTION.items() if key != name})
    assert done.returncode != 0
    assert f"{name} must be set" in done.stderr


def test_production_starts_with_all_set() -> None:
    done = _start_production(PRODUCTION)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("name", "bad"),
    [("DATABASE_URL", "mysql://x/y"), ("REDIS_URL", "http://x"), ("SECURE_SSL_REDIRECT", "maybe")],
)
def test_production_refuses_a_value_it_cannot_understand(name: str, bad: str) -> None:
    done = _start_production({**PRODUCTION, name: bad})
    assert done.returncode != 0
    assert name in done.stderr


@pytest.mark.parametrize(
    ("url", "host", "port", "user", "password", "tls"),
    [
        ("smtps://a%40b.cn:p%2Fw@smtp.example.org", "smtp.example.org", 465, "a@b.cn", "p/w", (True, False)),
        ("smtp://u:p@smtp.example.org", "smtp.example.org", 587, "u", "p", (False, True)),
        ("smtp://relay:2525", "relay", 2525, "", "", (False, False)),
    ],
)
def test_the_mail_server_is_one_address(url, host, port, user, password, tls) -> None:
    shown = (
        "print((s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_HOST_USER, s.EMAIL_HOST_PASSWORD,"
        " (s.EMAIL_USE_SSL, s.EMAIL_USE_TLS)))"
    )
    command = [sys.executable, "-c", f"{START}; {shown}"]
    environment = {**PRODUCTION, "EMAIL_URL": url}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == str((host, port, user, password, tls)), done.stderr
