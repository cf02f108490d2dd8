"""Housekeeping that no other app owns."""

from django.core.management import call_command
from django.utils import timezone
from django_tasks import task

from worker.publishing import publish_due


@task()
def publish_scheduled_pages() -> None:
    """Publish and take down Wagtail pages whose time has come."""
    publish_due(at=timezone.now())


@task()
def clear_finished_work() -> None:
    """Forget expired sessions, and tasks done more than a fortnight ago."""
    call_command("clearsessions")
    call_command("prune_db_task_results", verbosity=0)
