"""Sellers of the hall and the people who see to their goods: made and named in one place, on the trail."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.roles import give_role
from brand.acts.models import record_act
from brand.models import Member
from changes.outbox import record
from shop.partner.models import Partner

ROLE = "supplier"


@transaction.atomic
def open_seller(*, member: Member, people: Iterable[User], by: User | None, at: datetime) -> Partner:
    """Let a member sell; who does already is returned as they are, with the people given."""
    called = {"code": member.slug, "name": member.name}
    partner, _made = Partner.objects.get_or_create(member=member, defaults=called)
    return keep_seller(partner=partner, name=partner.name, people=people, by=by, at=at)


@transaction.atomic
def keep_seller(
    *, partner: Partner, name: str, people: Iterable[User], by: User | None, at: datetime
) -> Partner:
    """Name a seller and the people who see their orders, stock and statements, at once.

    Who is no longer among them loses the desk at once; their role stays, it opens nothing by itself.
    """
    before = set(partner.users.values_list("pk", flat=True))
    partner.name = name
    partner.save(update_fields=["name"])
    chosen = list(people)
    partner.users.set(chosen)
    for user in chosen:
        give_role(user, ROLE)
    detail = {"before": sorted(before), "after": sorted(user.pk for user in chosen)}
    record_act(partner, "seller_kept", by=by, at=at, detail=detail)
    record(partner, region=partner.member.region.slug if partner.member else "")
    return partner
