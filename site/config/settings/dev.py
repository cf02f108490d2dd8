"""Development and `make demo`: embedded parts where no URL is set, no TLS."""

import os
import secrets
from pathlib import Path

from config import ROOT, env

_VAR = Path(os.environ.get("VAR_DIR") or ROOT / "var")
_VAR.mkdir(parents=True, exist_ok=True)


def _kept_secret() -> str:
    """Return this checkout's own secret key, made on first use: sessions survive a restart."""
    kept = _VAR / "secret-key"
    if not kept.exists():
        kept.write_text(secrets.token_urlsafe(48))
        kept.chmod(0o600)
    return kept.read_text()


env.embedded_parts_allowed = True
for _name, _value in {
    "SECRET_KEY": _kept_secret(),
    "ALLOWED_HOSTS": ".localhost,127.0.0.1,[::1]",
    "PUBLIC_BASE_URL": f"http://127.0.0.1:{os.environ.get('PORT', '8000')}",
    "DATABASE_URL": f"sqlite:///{_VAR / 'db.sqlite3'}",
    "SECURE_SSL_REDIRECT": "no",
    "SECURE_HSTS_SECONDS": "0",
    "PAYMENT_SANDBOX": "yes",
}.items():
    os.environ.setdefault(_name, _value)

from config.settings.base import *

INSTALLED_APPS = [*INSTALLED_APPS, "demo"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
