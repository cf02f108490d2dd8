"""Conflicts of interest: nobody decides about their own company (回避)."""

from django.utils.translation import gettext as _

from accounts.models import User
from brand.members.models import Member
from brand.members.representatives import Representative


class ConflictOfInterest(PermissionError):
    """The officer belongs to the company the decision is about; the text says so in plain words."""


def has_interest(user: User, *, member: Member | None = None, credit_code: str = "") -> bool:
    """Tell whether `user` acts for that member, or for one with that credit code.

    A credit code is asked where an applicant has no member yet.
    """
    ties = Representative.objects.filter(user=user)
    if member is not None and ties.filter(member=member).exists():
        return True
    return bool(credit_code) and ties.filter(member__credit_code=credit_code).exists()


def refuse_own(
    user: User, *, member: Member | None = None, credit_code: str = "", applicant: User | None = None
) -> None:
    """Refuse a decision of `user` about a company they belong to, or about what they asked for themselves.

    Raises:
        ConflictOfInterest: it is their own.
    """
    if (applicant is not None and applicant.pk == user.pk) or has_interest(
        user, member=member, credit_code=credit_code
    ):
        raise ConflictOfInterest(_("This is about your own company. Somebody else has to decide."))
