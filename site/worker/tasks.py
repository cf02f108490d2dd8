"""Housekeeping that no other app owns."""

from django.core.management import call_command
from django_tasks import task


@task()
def publish_scheduled_pages() -> None:
    """Publish and unpublish Wagtail pages whose time has come."""
    call_command("publish_scheduled", verbosity=0)


@task()
def clear_finished_work() -> None:
    """Forget expired sessions, and tasks done more than a fortnight ago."""
    call_command("clearsessions")
    call_command("prune_db_task_results", verbosity=0)
