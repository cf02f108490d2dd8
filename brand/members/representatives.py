"""Who acts for a member: the accounts that may apply, download and draw in its name."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from brand.members.models import Member


class Representative(models.Model):
    """One person who acts for one member. A person may act for several."""

    member = models.ForeignKey(
        Member, models.CASCADE, related_name="representatives", verbose_name=_("member")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="represents", verbose_name=_("person")
    )
    since = models.DateTimeField(_("acting since"))

    class Meta:
        verbose_name = _("representative")
        verbose_name_plural = _("representatives")
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["member", "user"], name="representative_once_per_member")
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.member}"


def members_of(user: User | AnonymousUser) -> list[Member]:
    """Return the members somebody acts for, with their county, oldest tie first. One query."""
    if not user.is_authenticated:
        return []
    ties = Representative.objects.filter(user=user).select_related("member__region__site")
    return [tie.member for tie in ties]


def acts_for(user: User | AnonymousUser, member: Member) -> bool:
    """Tell whether somebody acts for `member`. One query, none signed out."""
    return user.is_authenticated and Representative.objects.filter(user=user, member=member).exists()
