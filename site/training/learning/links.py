"""The way to what one learns, on the account page of those who learn."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.pages import Link
from training.models import Trainee


def account_links(user: User) -> list[Link]:
    """Return the desk of those who enrolled, signed up for a class or sat an exam. One query."""
    if not Trainee.objects.filter(user=user).exists():
        return []
    return [Link(_("What I learn"), reverse("training:me"), "play")]
