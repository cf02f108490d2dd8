"""The way to one's applications, on the account page of those who have one that is not settled."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.pages import Link
from brand.models import MembershipApplication

State = MembershipApplication.State


def account_links(user: User) -> list[Link]:
    """Return the way to applications that go on, or were refused. One query."""
    mine = MembershipApplication.objects.filter(applicant=user)
    if not mine.exclude(state__in=(State.APPROVED, State.WITHDRAWN)).exists():
        return []
    return [Link(_("Application for membership"), reverse("association:applications"), "file")]
