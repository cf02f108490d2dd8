"""What applications hold about the person who applied: for export and deletion."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from brand.membership.drafts import TYPED
from brand.membership.forgetting import delete_whole, forget_contact
from brand.membership.models import MembershipApplication

State = MembershipApplication.State


def export(user: User) -> list[dict[str, Any]]:
    """Return the applications of this person as they stand, with the names of their papers."""
    mine = MembershipApplication.objects.filter(applicant=user).prefetch_related("papers")
    return [
        {name: getattr(application, name) for name in ("number", "state", *TYPED, "reason", "submitted_at")}
        | {"papers": [paper.name for paper in application.papers.all()]}
        for application in mine
    ]


def keeps(user: User) -> list[str]:
    """Return what stays: the application by which a company became a member, without the person."""
    if not MembershipApplication.objects.filter(applicant=user, state=State.APPROVED).exists():
        return []
    return [
        _("The application by which your company joined stays with the association, without you as contact.")
    ]


def erase(*, user: User, at: datetime) -> None:
    """Delete applications that led to nothing, with their papers; take the person out of the others."""
    mine = MembershipApplication.objects.filter(applicant=user)
    delete_whole(mine.exclude(state=State.APPROVED))
    for application in mine.filter(state=State.APPROVED):
        forget_contact(application)
