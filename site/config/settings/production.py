"""Production: the base as it is."""

from config.settings.base import *
