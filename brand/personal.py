"""What the brand holds about a person: whom they act for, what they did. For export and deletion."""

from datetime import datetime
from typing import Any

from accounts.models import User
from brand.activities import personal as activities
from brand.membership import personal as membership
from brand.models import Act, FindingAnswer, LicenceApplication, Representative, VIAcceptance, VIDownload


def export(user: User) -> dict[str, Any]:
    """Return the members the person acts for and what they did in the brand's affairs."""
    members = Representative.objects.filter(user=user).values_list("member__name", flat=True)
    acts = Act.objects.filter(by=user).values("verb", "note", "at")
    accepted = VIAcceptance.objects.filter(user=user).values("agreement__title", "agreement__number", "at")
    asked = LicenceApplication.objects.filter(applicant=user).values("number", "member__name", "submitted_at")
    downloads = VIDownload.objects.filter(user=user).values("label", "begun_at", "bytes_sent", "state")
    answers = FindingAnswer.objects.filter(by=user).values("finding__inspection__number", "text", "at")
    return {
        "acts_for": list(members),
        "brand_acts": list(acts),
        "finding_answers": list(answers),
        "licence_applications": list(asked),
        "vi_agreements": list(accepted),
        "vi_downloads": list(downloads),
        "activities": activities.export(user),
        "membership_applications": membership.export(user),
    }


def keeps(user: User) -> list[str]:
    """Return what stays after deletion: acts stay, without their author."""
    return membership.keeps(user)


def erase(*, user: User, at: datetime) -> None:
    """Let the person act for nobody any more."""
    activities.erase(user=user, at=at)
    membership.erase(user=user, at=at)
    LicenceApplication.objects.filter(applicant=user).update(applicant=None)
    Representative.objects.filter(user=user).delete()
