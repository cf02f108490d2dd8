"""Where the site leads: the main navigation and the phone's bottom bar."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Place:
    """One entry. `path` is without the language; a page is at the place whose path is the longest to fit."""

    label: str | Promise
    path: str
    icon: str = ""


MAIN = (
    Place(_("Home"), "/"),
    Place(_("Specialty hall"), "/shop/"),
    Place(_("Trace a package"), "/trace/"),
    Place(_("The fields"), "/bases/"),
    Place(_("News"), "/news/"),
    Place(_("Courses"), "/training/"),
    Place(_("The brand"), "/brand/"),
    Place(_("Check a licence"), "/brand/licences/"),
)
BAR = (
    Place(_("Home"), "/", "home"),
    Place(_("Specialty hall"), "/shop/", "shop"),
    Place(_("Scan"), "/trace/", "scan"),
    Place(_("See the fields"), "/bases/", "field"),
    Place(_("Mine"), "/accounts/", "me"),
)
FOOT = (
    *MAIN[1:],
    Place(_("Openness window"), "/openness/"),
    Place(_("About us"), "/about/"),
    Place(_("Privacy notice"), "/accounts/privacy/"),
    Place(_("Terms of use"), "/terms/"),
)


def current(places: tuple[Place, ...], path: str) -> Place | None:
    """Return the place a page at `path` (with or without `/en`) belongs to: the most specific one."""
    bare = without_language(path)
    fitting = [
        place for place in places if bare == place.path or (place.path != "/" and bare.startswith(place.path))
    ]
    return max(fitting, key=lambda place: len(place.path), default=None)


def section(path: str) -> tuple[str, ...]:
    """Return the places of the three navigations a page at `path` belongs to, by their paths."""
    places = (current(which, path) for which in (MAIN, BAR, FOOT))
    return tuple(place.path if place else "" for place in places)


def without_language(path: str) -> str:
    """Return `path` as it is in Chinese."""
    return path.removeprefix("/en") if path == "/en" or path.startswith("/en/") else path


def in_language(path: str, language: str | None = None) -> str:
    """Return `path` in `language`, by default the active one."""
    bare = without_language(path) or "/"
    return f"/en{bare}" if (language or get_language() or "").startswith("en") else bare
