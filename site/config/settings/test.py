"""Tests: as dev, with cheap passwords, tasks at once, and a database of their own (tests/conftest.py)."""

import atexit
import os
import shutil
import tempfile

os.environ.setdefault("SECRET_KEY", "test only, never served")
# a folder for each test process, not one that the workers inherit: they would write over each other's files
os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="fengtu-test-")
atexit.register(shutil.rmtree, os.environ["VAR_DIR"], ignore_errors=True)

from config.settings.dev import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
NOTICE_GATEWAYS["sms"] = "notices.gateways.memory.send"
# a cache of each test process's own: they would empty a shared one under each other
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
MEDIA_ROOT = VAR / "media"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = False  # every test client would look through all static files: a third of the suite
LOGGING["root"]["level"] = "WARNING"  # a failure is read among its own lines
KEEP_READ_SECONDS = 0  # tests roll back: nothing would tell that something changed
