"""Letting somebody act for a member, and taking that away again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import give_role, take_role
from brand.acts.models import record_act
from brand.members.interests import ConflictOfInterest
from brand.members.models import Member
from brand.members.representatives import Representative

ROLE = "member"


class ActsAlready(ValueError):
    """This person acts for this member already."""

    def __init__(self) -> None:
        super().__init__(_("This person acts for this member already."))


def let_act(*, member: Member, user: User, by: User, at: datetime) -> Representative:
    """Let `user` act for `member`.

    Raises:
        ActsAlready: they do.
        ConflictOfInterest: nobody appoints themselves.
    """
    if user.pk == by.pk:
        raise ConflictOfInterest(_("You cannot appoint yourself. Another officer has to do it."))
    with transaction.atomic():
        tie, new = Representative.objects.get_or_create(member=member, user=user, defaults={"since": at})
        if not new:
            raise ActsAlready
        give_role(user, ROLE)
        record_act(member, "representative_added", by=by, at=at, detail={"user": user.pk})
    return tie


def stop_acting(*, tie: Representative, by: User | None, at: datetime) -> None:
    """Let the person of `tie` no longer act for its member; at once, everywhere.

    Raises:
        ConflictOfInterest: no officer ends their own tie, and so decides about their company afterwards.
    """
    if by is not None and tie.user_id == by.pk:
        raise ConflictOfInterest(_("You cannot end your own tie. Another officer has to do it."))
    with transaction.atomic():
        if not Representative.objects.filter(pk=tie.pk).delete()[0]:
            return  # somebody else did it
        if not Representative.objects.filter(user=tie.user).exists():
            take_role(tie.user, ROLE)
        record_act(tie.member, "representative_removed", by=by, at=at, detail={"user": tie.user_id})
