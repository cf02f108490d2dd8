"""The clock enqueues what is due, makes up for what a stop missed, and never piles up."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from worker.clock import is_due

PATH, EVERY = "worker.tasks.clear_finished_work", timedelta(minutes=1)
pytestmark = pytest.mark.django_db


def ran(*, ago: timedelta, status: str = TaskResultStatus.SUCCESSFUL) -> None:
    now = timezone.now()
    result = DBTaskResult.objects.create(
        task_path=PATH,
        status=status,
        args_kwargs={"args": [], "kwargs": {}},
        backend_name="default",
        exception_class_path="",
        traceback="",
        started_at=now - ago,
    )
    DBTaskResult.objects.filter(pk=result.pk).update(enqueued_at=now - ago)


def due() -> bool:
    return is_due(path=PATH, every=EVERY, at=timezone.now())


def test_a_task_that_never_ran_is_due() -> None:
    assert due()


def test_a_task_is_due_when_its_interval_has_passed() -> None:
    ran(ago=timedelta(seconds=30))
    assert not due()
    DBTaskResult.objects.all().delete()
    ran(ago=timedelta(minutes=2))
    assert due()


def test_a_task_enqueued_a_moment_after_its_tick_is_due_at_the_next_one() -> None:
    ran(ago=EVERY - timedelta(milliseconds=300))
    assert due()


def test_a_task_still_waiting_is_not_enqueued_again() -> None:
    ran(ago=timedelta(hours=2), status=TaskResultStatus.READY)
    assert not due()


def test_a_task_whose_worker_was_killed_is_given_up() -> None:
    ran(ago=timedelta(minutes=5), status=TaskResultStatus.RUNNING)
    assert not due()
    DBTaskResult.objects.all().delete()
    ran(ago=timedelta(hours=1), status=TaskResultStatus.RUNNING)
    assert due()


@pytest.mark.parametrize("path", [*settings.SCHEDULE, *settings.PROMPT_SCHEDULE])
def test_every_scheduled_path_is_a_task(path: str) -> None:
    assert hasattr(import_string(path), "enqueue")
