"""Tests: as dev, with cheap passwords, tasks at once, and a database of their own (tests/conftest.py)."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "test only, never served")
os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="fengtu-test-"))

from config.settings.dev import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
NOTICE_GATEWAYS["sms"] = "notices.gateways.memory.send"
# a cache of each test process's own: they would empty a shared one under each other
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
MEDIA_ROOT = VAR / "media"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
