"""Asking for a second look at an enrolment: a condition of its course was just fulfilled."""

from training.learning import tasks


def reconsider_soon(enrolment: int) -> None:
    """Let the worker look whether the course is completed by now; a look too many does no harm."""
    tasks.reconsider.enqueue(enrolment)
