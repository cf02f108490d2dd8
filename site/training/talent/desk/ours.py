"""What somebody reads and acts on in the back office: the pool of the counties they work in."""

from typing import Any, ClassVar

from django.db.models import QuerySet

from accounts.models import User
from brand.back_office.tables import ListView
from brand.models import Member
from training.counties import counties_of
from training.models import EmployerBar


def members_here(user: User) -> QuerySet[Member]:
    """Return the members of the counties somebody works in."""
    return Member.objects.filter(region__in=counties_of(user))


def bars_here(user: User) -> QuerySet[EmployerBar]:
    """Return the members kept out in the counties somebody works in."""
    return EmployerBar.objects.filter(member__in=members_here(user))


class ListOurs(ListView):
    """Lists rows of those counties; `county` is the way from a row to its county."""

    county: ClassVar[str] = "region"

    def get_base_queryset(self) -> QuerySet[Any]:
        """Leave out the other counties."""
        here = {f"{self.county}__in": counties_of(self.request.user)}
        rows: QuerySet[Any] = super().get_base_queryset()
        return rows.filter(**here)
