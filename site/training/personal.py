"""What training holds about a person. For export and deletion; each folder speaks for its own tables."""

from datetime import datetime
from types import ModuleType
from typing import Any

from accounts.models import User
from training.certificates import personal as certificates
from training.classes import personal as classes
from training.discussion import personal as discussion
from training.exams import personal as exams
from training.learning import personal as learning
from training.talent import personal as talent
from training.teachers import personal as teachers
from training.videos import personal as videos

# the pool first: who leaves it is told about by name, and learning forgets the name
FOLDERS: tuple[ModuleType, ...] = (
    talent,
    learning,
    discussion,
    certificates,
    classes,
    exams,
    teachers,
    videos,
)


def export(user: User) -> dict[str, Any]:
    """Return what every folder holds about this person."""
    return {key: facts for folder in FOLDERS for key, facts in folder.export(user).items()}


def keeps(user: User) -> list[str]:
    """Return sentences on what stays after deletion, and why."""
    return [sentence for folder in FOLDERS for sentence in folder.keeps(user)]


def erase(*, user: User, at: datetime) -> None:
    """Forget the person; what is counted stays counted."""
    for folder in FOLDERS:
        folder.erase(user=user, at=at)
