"""The frame of the pages about one application."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from brand.membership.models import MembershipApplication
from cms.navigation import in_language


def frame_of(application: MembershipApplication) -> dict[str, Any]:
    """Return what every page about an application shows; it wears the theme of its county."""
    title = str(application) if application.name else _("Application for membership")
    return {
        "title": title,
        "application": application,
        "region": application.region,
        "trail": [
            (_("The brand"), in_language("/brand/")),
            (_("How to join"), reverse("association:join")),
            (_("My applications"), reverse("association:applications")),
            (title, ""),
        ],
    }
