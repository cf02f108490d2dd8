"""Django's name for this app."""

from django.apps import AppConfig


class WorkerConfig(AppConfig):
    """The background worker."""

    name = "worker"
    label = "worker"
