"""What a visitor asks the list of courses for, read from the address."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Final, Self
from urllib.parse import urlencode

from django.db import models
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from training.courses.kinds import Kind
from training.learning.trainees import Trainee


class Length(models.TextChoices):
    """How long a course is, all lessons together."""

    SHORT = "short", _("up to half an hour")
    MEDIUM = "medium", _("half an hour to an hour and a half")
    LONG = "long", _("more than an hour and a half")


class Sort(models.TextChoices):
    """In which order courses stand; the first is the usual one."""

    NEWEST = "newest", _("newest first")
    SHORTEST = "shortest", _("shortest first")
    KIND = "kind", _("by kind")


_MINUTES: Final[dict[str, Callable[[int], bool]]] = {
    Length.SHORT: lambda minutes: minutes <= 30,
    Length.MEDIUM: lambda minutes: 30 < minutes <= 90,
    Length.LONG: lambda minutes: minutes > 90,
}
_ALLOWED: Final[dict[str, list[str]]] = {
    "kind": Kind.values,
    "audience": Trainee.Group.values,
    "length": Length.values,
    "language": ["en"],
    "sort": Sort.values,
}
LANGUAGES: Final[list[tuple[str, Promise]]] = [("en", pgettext_lazy("language of a course", "in English"))]


@dataclass(frozen=True, slots=True)
class Filters:
    """What was asked for; empty is everything. A word that means nothing is as good as none."""

    kind: str = ""
    audience: str = ""
    teacher: str = ""
    length: str = ""
    language: str = ""
    sort: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> Self:
        """Return what stands in the query of an address."""
        asked = {name: query.get(name, "") for name in _ALLOWED}
        known = {name: value for name, value in asked.items() if value in _ALLOWED[name]}
        return cls(**known, teacher=query.get("teacher", "")[:80])

    @property
    def query(self) -> str:
        """The same as the query of an address."""
        held = {field.name: getattr(self, field.name) for field in fields(self)}
        return urlencode({name: value for name, value in held.items() if value})

    @property
    def narrows(self) -> int:
        """How many of the filters behind the fold are set: all but the kind and the order."""
        return sum(map(bool, (self.audience, self.teacher, self.length, self.language)))

    def of_kind(self, kind: str) -> str:
        """Return the query of the same for another kind."""
        return replace(self, kind=kind).query

    def takes(self, minutes: int) -> bool:
        """Tell whether a course of so many minutes is wanted."""
        return not self.length or _MINUTES[self.length](minutes)
