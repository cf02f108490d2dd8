"""Deleting an account: at once and for good, except for what the law makes us keep."""

from datetime import datetime
from importlib import import_module
from typing import Any, Protocol

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class Eraser(Protocol):
    """A module that ACCOUNT_ERASERS names."""

    def keeps(self, user: User) -> list[str]:
        """Say in sentences what stays after deletion, and why."""

    def erase(self, *, user: User, at: datetime) -> None:
        """Remove or anonymise what this area holds about the user."""


class LastAdministrator(RuntimeError):
    """Nobody could administer the site any more."""

    def __init__(self) -> None:
        super().__init__(_("You are the only administrator. Make somebody else one first."))


def what_is_kept(user: User) -> list[str]:
    """Return the sentences of all areas."""
    return [sentence for eraser in _erasers() for sentence in eraser.keeps(user)]


def delete_account(*, user: User, at: datetime) -> None:
    """Erase everything personal in one transaction. The empty row stays, so that records keep their author.

    Raises:
        LastAdministrator: the user is the only active administrator.
    """
    with transaction.atomic():
        # locked in key order, so that of two administrators who leave at once one is refused
        administrators = User.objects.select_for_update().filter(is_superuser=True, is_active=True)
        if [one.pk for one in administrators.order_by("pk")] == [user.pk]:
            raise LastAdministrator
        for eraser in _erasers():
            eraser.erase(user=user, at=at)


def _erasers() -> list[Any]:
    return [import_module(path) for path in settings.ACCOUNT_ERASERS]
