"""The page of a teacher: exported; the account is taken off it, the page is the editors' to take away."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from training.teachers.page import TeacherPage


def export(user: User) -> dict[str, Any]:
    """Return the pages that show the person as a teacher."""
    facts = ("title", "profession", "about", "since_year")
    return {"teacher": list(TeacherPage.objects.filter(account=user).values(*facts))}


def keeps(user: User) -> list[str]:
    """Return what stays: the page, until an editor takes it away."""
    if not TeacherPage.objects.filter(account=user).exists():
        return []
    return [_("Your page as a teacher stays until an editor takes it away: ask the county's office for it.")]


def erase(*, user: User, at: datetime) -> None:
    """Take the account off the page."""
    TeacherPage.objects.filter(account=user).update(account=None)
