"""The way to one's own activities, on the account page of those who signed up for one."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.pages import Link
from brand.models import SignUp


def account_links(user: User) -> list[Link]:
    """Return the list for those who signed up for something. One query."""
    if not SignUp.objects.filter(user=user).exists():
        return []
    return [Link(_("My activities"), reverse("association:my-activities"), "clock")]
