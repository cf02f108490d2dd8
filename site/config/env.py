"""Reads settings from the environment and refuses what it cannot understand.

Every variable read here stands in the table of README.md (tests/site/test_settings.py).
"""

import os
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# dev and test set this: a part whose URL is unset is then embedded (reads as ""); production refuses to start
embedded_parts_allowed = False

_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


def text(name: str, default: str | None = None) -> str:
    """Return the variable `name`; without a default it must be set and not empty.

    Raises:
        ImproperlyConfigured: the variable is missing.
    """
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"{name} must be set: see the environment table in README.md")
    return default


def flag(name: str, *, default: bool) -> bool:
    """Return a yes/no variable.

    Raises:
        ImproperlyConfigured: the value is neither.
    """
    value = text(name, str(default)).lower()
    if value in _TRUE | _FALSE:
        return value in _TRUE
    raise ImproperlyConfigured(f"{name} must be one of yes, no, true, false, 1, 0, on, off; it is {value!r}")


def number(name: str, *, default: int, least: int = 0) -> int:
    """Return a whole number not under `least`.

    Raises:
        ImproperlyConfigured: not a number, or too small.
    """
    value = text(name, str(default))
    if value.isascii() and value.isdigit() and int(value) >= least:
        return int(value)
    raise ImproperlyConfigured(f"{name} must be a whole number of at least {least}; it is {value!r}")


def names(name: str, default: str | None = None) -> list[str]:
    """Return a comma-separated list without empty entries."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def part(name: str, *, schemes: set[str]) -> str:
    """Return the URL of a service, or "" when it is unset and embedded parts are allowed."""
    return url(name, schemes=schemes, default="" if embedded_parts_allowed else None)


def url(name: str, *, schemes: set[str], default: str | None = None) -> str:
    """Return a URL whose scheme is one of `schemes`, or "" where that is the default.

    Raises:
        ImproperlyConfigured: another scheme, or no host where one is needed.
    """
    value = text(name, default)
    if not value:
        return ""
    parts = urlsplit(value)
    if parts.scheme not in schemes or not (parts.netloc or parts.scheme == "sqlite"):
        raise ImproperlyConfigured(f"{name} must be a URL of {', '.join(sorted(schemes))}; it is {value!r}")
    return value


def database(name: str, *, default: str | None = None) -> dict[str, object]:
    """Return Django's settings of the database at a `sqlite:///path` or `postgres://…` URL."""
    parts = urlsplit(url(name, schemes={"sqlite", "postgres", "postgresql"}, default=default))
    if parts.scheme == "sqlite":
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": unquote(parts.path)[1:], "OPTIONS": _SQLITE}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path)[1:],
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
    }


# IMMEDIATE with WAL gave no lock errors under two writing processes, the defaults some 2,300 in 8 s.
_SQLITE: dict[str, object] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000;"
    "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=134217728; PRAGMA journal_size_limit=67108864;",
}
