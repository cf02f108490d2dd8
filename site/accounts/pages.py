"""The links on the account page; upper areas add theirs by ACCOUNT_LINKS."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.models import User
from notices.inbox import unread_count


@dataclass(frozen=True, slots=True)
class Link:
    """A place for this person: words, address, and a drawing of icons.svg."""

    label: str
    url: str
    icon: str = "next"


def links_for(user: User) -> list[Link]:
    """Return the places of this person, in the order of the areas."""
    areas: list[Callable[[User], list[Link]]] = [import_string(path) for path in settings.ACCOUNT_LINKS]
    return [link for area in areas for link in area(user)]


def back_office(user: User) -> list[Link]:
    """Return the way to the back office for those who may enter it."""
    if not user.has_perm("wagtailadmin.access_admin"):
        return []
    return [Link(_("Back office"), reverse("wagtailadmin_home"), "file")]


def messages(user: User) -> list[Link]:
    """Return the way to what the person was told on the site, with how much of it is unread."""
    unread = unread_count(user)
    label = _("Messages for you")
    return [Link(f"{label} ({unread})" if unread else label, reverse("inbox:list"), "mail")]
