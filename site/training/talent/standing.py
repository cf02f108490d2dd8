"""Good standing: which members may look for people here.

Whoever is in the association may, unless a licence of theirs is suspended, one was revoked and none is in
force, or the office closed the pool to them.
"""

from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from brand.models import Licence, Member
from training.talent.bars import EmployerBar
from training.talent.refusals import NotInGoodStanding

State = Licence.State


def standing_members(*, on: date) -> QuerySet[Member]:
    """Return the members in good standing on a day. A subquery for others, or one query."""
    theirs = Licence.objects.filter(member=OuterRef("pk"))
    in_force = theirs.filter(state=State.VALID, valid_from__lte=on, valid_to__gte=on)
    revoked = Exists(theirs.filter(state=State.REVOKED)) & ~Exists(in_force)
    suspended = Exists(theirs.filter(state=State.SUSPENDED))
    barred = Exists(EmployerBar.objects.filter(member=OuterRef("pk")))
    joined = Q(joined_on=None) | Q(joined_on__lte=on)
    return Member.objects.filter(joined, ~suspended, ~revoked, ~barred)


def why_not(member: Member, *, at: datetime) -> str:
    """Return why a member may not look for people, in a sentence; empty where they may. 1 query, else 3."""
    on = timezone.localdate(at)
    if standing_members(on=on).filter(pk=member.pk).exists():
        return ""
    bar = EmployerBar.objects.filter(member=member).first()
    if bar:
        return _("The training office has closed the talent pool to you: %(why)s") % {"why": bar.why}
    if member.licences.filter(state=State.SUSPENDED).exists():
        return _("A licence of yours is suspended. The talent pool opens again when that is settled.")
    if member.joined_on and member.joined_on > on:
        return _("Your membership has not begun yet.")
    return _("Your licence was revoked. The talent pool opens again with a licence in force.")


def require_standing(member: Member, *, at: datetime) -> None:
    """Let members in good standing pass.

    Raises:
        NotInGoodStanding: with the reason.
    """
    reason = why_not(member, at=at)
    if reason:
        raise NotInGoodStanding(reason)
