"""Accepting the terms of use: by one person, for one member, of the version in force."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from brand.members.models import Member
from brand.members.representatives import acts_for
from brand.regions.models import Region
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
