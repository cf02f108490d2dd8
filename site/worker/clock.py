"""The clock: enqueues the tasks of `settings.SCHEDULE` when their interval has passed.

Whether a task is due follows from its last run in the database, so what was missed while the worker was
stopped is made up at its start. A task still waiting is not enqueued again: a slow worker gets no growing
queue.

What `settings.PROMPT_SCHEDULE` names is not enqueued: the clock does it itself, at its time, whatever the
worker has in hand and whatever a killed worker left behind.
"""

import logging
from datetime import datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from django.conf import settings
from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

GIVEN_UP_AFTER = timedelta(minutes=15)  # a task of a killed worker stays "running" for ever
LONGEST_TICK = timedelta(minutes=1)
# a task is enqueued a moment after its tick: at the next tick its interval would lack just that moment
SLACK = timedelta(seconds=2)

logger = logging.getLogger(__name__)


def start_clock() -> BackgroundScheduler:
    """Start the clock in a thread and return it; the caller shuts it down."""
    once = {"coalesce": True, "max_instances": 1}
    clock = BackgroundScheduler(timezone=settings.TIME_ZONE, job_defaults=once)
    for path, every in settings.SCHEDULE.items():
        tick = min(every, LONGEST_TICK).total_seconds()
        clock.add_job(_tick, "interval", seconds=tick, args=[path, every], next_run_time=timezone.now())
    for path, every in settings.PROMPT_SCHEDULE.items():
        seconds = every.total_seconds()
        clock.add_job(do_now, "interval", seconds=seconds, args=[path], next_run_time=timezone.now())
    clock.start()
    return clock


def is_due(*, path: str, every: timedelta, at: datetime) -> bool:
    """Tell whether the task at the dotted `path` should be enqueued: none waits, and the last is long ago."""
    runs = DBTaskResult.objects.filter(task_path=path)
    waiting = runs.filter(status=TaskResultStatus.READY).exists()
    running = runs.filter(status=TaskResultStatus.RUNNING, started_at__gt=at - GIVEN_UP_AFTER).exists()
    recent = runs.filter(enqueued_at__gt=at - every + SLACK).exists()
    return not (waiting or running or recent)


def do_now(path: str) -> None:
    """Do the task at the dotted `path` in this thread; what fails is tried again at the next tick."""
    close_old_connections()
    try:
        import_string(path).call()
    except DatabaseError:
        logger.warning("%s could not be done; the next tick tries again", path, exc_info=True)
    finally:
        close_old_connections()


def _tick(path: str, every: timedelta) -> None:
    close_old_connections()
    try:
        if is_due(path=path, every=every, at=timezone.now()):
            import_string(path).enqueue()
    except DatabaseError:
        logger.warning("%s could not be enqueued; the next tick tries again", path, exc_info=True)
