"""Who reads name and number of somebody in the pool: the one place that decides it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils import timezone

from brand.models import Member
from training.models import ContactRequest, JobApplication, JobPost, Talent
from training.talent.standing import why_not


@dataclass(frozen=True, slots=True)
class Contact:
    """What is shown after the trainee let a member in."""

    name: str
    phone: str


def contacts_for(member: Member, talents: Collection[Talent], *, at: datetime) -> dict[int, Contact]:
    """Return name and number, by the profile, of those who let this member in. At most 4 queries for all.

    A member whose good standing ended reads nothing, whatever was accepted before; neither does anybody once
    the profile is gone or its consent ran out. What was accepted in an earlier stay in the pool does not
    count for this one; an application lets in only while its post is public.
    """
    if not talents or why_not(member, at=at):
        return {}
    asked = ContactRequest.objects.filter(
        trainee=OuterRef("trainee"), member=member, state=ContactRequest.State.ACCEPTED,
        asked_at__gte=OuterRef("joined_at"),
    )  # fmt: skip
    public = JobPost.objects.running(on=timezone.localdate(at)).filter(member=member)
    applied = JobApplication.objects.filter(
        trainee=OuterRef("trainee"), job__in=public, state__in=JobApplication.LIVE
    )
    here = Talent.objects.shown(at=at).filter(
        Exists(asked) | Exists(applied), pk__in=[each.pk for each in talents], region=member.region_id
    )
    return {each.pk: Contact(each.trainee.name, each.phone) for each in here.select_related("trainee")}


def contact_for(member: Member, talent: Talent | None, *, at: datetime) -> Contact | None:
    """Return name and number if this person let this member in. At most 4 queries."""
    return contacts_for(member, [talent], at=at).get(talent.pk) if talent else None
