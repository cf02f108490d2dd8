"""The words a trainee agrees to before anything is shown, and their version.

A change of meaning takes a new version; the words a person agreed to are kept with their consent.
"""

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _

from brand.models import Region

VERSION: Final = "2026-11"
LASTS: Final = timedelta(days=365)
ASKED_BEFORE: Final = timedelta(days=30)
"""How long before its end somebody is asked again."""


def sentences(region: Region) -> list[str]:
    """Return the agreement, a sentence each."""
    return [
        _("Shown: your family name, what you wrote in this profile, and your valid certificates."),
        _("To whom: members in good standing of the association of %(county)s, and the training office.")
        % {"county": region.name},
        _("What for: that they may ask you for work. For nothing else, and nobody is told outside."),
        _("Your whole name and number: only to a member whose request you accept, or to whom you apply."),
        _("You see who opened your profile and who asked."),
        _("For how long: twelve months. Then we ask again; without an answer it ends by itself."),
        _("You can take it back at any time, with one press; then the profile is deleted at once."),
        _("Courses, exams and certificates do not depend on it."),
    ]


def words(region: Region) -> str:
    """Return the agreement as it is kept."""
    return "\n".join(sentences(region))
