"""Reads of the desk: a member's downloads, and whether the terms were accepted."""

from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import User
from brand.models import Member, VIAcceptance, VIAgreement, VIDownload
from brand.vi.accepting import agreement_in_force

TONES = {
    VIDownload.State.BEGUN: "",
    VIDownload.State.COMPLETED: "ok",
    VIDownload.State.ABORTED: "warn",
    VIDownload.State.STOPPED: "bad",
}


@dataclass(frozen=True, slots=True)
class Terms:
    """The version in force, and when this person accepted it for this member."""

    agreement: VIAgreement
    acceptance: VIAcceptance | None


def downloads_of(member: Member) -> QuerySet[VIDownload]:
    """Return what was taken for `member`, newest first, with the people. One query."""
    return VIDownload.objects.filter(member=member).select_related("user", "licence")


def terms_of(member: Member, user: User) -> Terms | None:
    """Return the county's terms and their acceptance; None where the county has none. 2 queries."""
    agreement = agreement_in_force(member.region)
    if agreement is None:
        return None
    accepted = VIAcceptance.objects.filter(agreement=agreement, member=member, user=user)
    return Terms(agreement, accepted.first())
