"""Accepting the terms of use: by one person, for one member, of the version in force."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from brand.members.models import Member
from brand.members.representatives import acts_for
from brand.regions.models import Region
from brand.vi.access import Grant
from brand.vi.agreements import VIAcceptance, VIAgreement


class NotAccepted(PermissionError):
    """The acceptance would not count; the text says why."""


class AgreementChanged(NotAccepted):
    """A newer version came out while the old one was being read."""


class AlreadyPublished(ValueError):
    """A version that was put to members stays as it is."""


def agreement_in_force(region: Region) -> VIAgreement | None:
    """Return the newest published version of a county. One query."""
    return VIAgreement.objects.published().filter(region=region).first()


def has_accepted(agreement: VIAgreement, *, member: Member, user: User) -> bool:
    """Tell whether `user` accepted this version for `member`. One query."""
    return VIAcceptance.objects.filter(agreement=agreement, member=member, user=user).exists()


def agreement_to_accept(grants: Iterable[Grant], *, user: User) -> tuple[VIAgreement, Member] | None:
    """Return what `user` must accept before these files are handed to them, and for which member.

    None: nothing (any more). 2 queries for each member the rights rest on, which is one nearly always.
    """
    for member in {grant.member for grant in grants if grant.needs_agreement and grant.member}:
        agreement = agreement_in_force(member.region)
        if agreement and not has_accepted(agreement, member=member, user=user):
            return agreement, member
    return None


def accepted_agreement(grants: Iterable[Grant], *, user: User | None) -> VIAgreement | None:
    """Return the newest version that was accepted for the member these rights rest on. One query."""
    member = next((grant.member for grant in grants if grant.needs_agreement), None)
    if member is None or user is None:
        return None
    accepted = VIAcceptance.objects.filter(member=member, user=user, agreement__region=member.region_id)
    newest = accepted.select_related("agreement").order_by("-agreement__number").first()
    return newest.agreement if newest else None


def accept_agreement(agreement: VIAgreement, *, member: Member, user: User, at: datetime) -> VIAcceptance:
    """Record that `user` accepts the version in force for `member`; twice is once.

    Raises:
        AgreementChanged: there is a newer version.
        NotAccepted: the person does not act for the member, or the member is of another county.
    """
    if not acts_for(user, member) or member.region_id != agreement.region_id:
        raise NotAccepted(_("You do not act for this member."))
    if agreement != agreement_in_force(agreement.region):
        raise AgreementChanged(_("The terms changed while you were reading. This is the new version."))
    return VIAcceptance.objects.get_or_create(
        agreement=agreement, member=member, user=user, defaults={"at": at}
    )[0]


def next_agreement_number(region: Region) -> int:
    """Return the number of a county's next version. The constraint settles who is first."""
    last = VIAgreement.objects.filter(region=region).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def publish_agreement(agreement: VIAgreement, *, by: User | None, at: datetime) -> None:
    """Put a version in force: from now on it is what members are asked to accept.

    Compare-and-set: of two officers who press at once one publishes.

    Raises:
        AlreadyPublished: it is out already.
    """
    with transaction.atomic():
        drafts = VIAgreement.objects.filter(pk=agreement.pk, published_at=None)
        if not drafts.update(published_at=at):
            raise AlreadyPublished(_("This version is out already."))
        record_act(agreement, "published", by=by, at=at)
    agreement.published_at = at
