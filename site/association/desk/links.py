"""The way to the desk, on the account page of those who act for a member."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.pages import Link
from brand.models import Representative


def account_links(user: User) -> list[Link]:
    """Return the desk for those who act for a member. One query."""
    if not Representative.objects.filter(user=user).exists():
        return []
    return [Link(_("My desk"), reverse("desk:desk"), "file")]
