"""The way to the page in the field, on the account page of those who may record events."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.pages import Link


def account_links(user: User) -> list[Link]:
    """Return the page for those who record events."""
    if not user.has_perm("record.add_event"):
        return []
    return [Link(_("Record an event"), reverse("trace-field"), "field")]
