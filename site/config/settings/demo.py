"""The demo: dev with static files served as in production, so that it is as fast to look at."""

from config.settings.dev import *

STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
WHITENOISE_USE_FINDERS = False
STATIC_ROOT = VAR / "static"
