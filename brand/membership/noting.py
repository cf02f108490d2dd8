"""A note of the officers on an application: part of the trail, never shown to the applicant."""

from datetime import datetime

from accounts.models import User
from brand.acts.models import Act, record_act
from brand.members.interests import refuse_own
from brand.membership.models import MembershipApplication


def note_application(*, application: MembershipApplication, text: str, by: User, at: datetime) -> Act:
    """Keep a note.

    Raises:
        ConflictOfInterest: it is the officer's own company.
    """
    refuse_own(by, credit_code=application.credit_code, applicant=application.applicant)
    return record_act(application, "noted", by=by, at=at, note=text.strip())
