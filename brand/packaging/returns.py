"""The return: what a member wants to bring back, and what of it was good when it came."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PackagingReturn(models.Model):
    """Announced on the desk, counted at the store. What is good goes back on the shelf."""

    class State(models.TextChoices):
        """Where it stands."""

        ANNOUNCED = "announced", pgettext_lazy("packaging return", "announced")
        TAKEN = "taken", pgettext_lazy("packaging return", "taken back")
        WITHDRAWN = "withdrawn", pgettext_lazy("packaging return", "withdrawn")

    member = models.ForeignKey(
        "brand.Member", models.PROTECT, related_name="packaging_returns", verbose_name=_("member")
    )
    item = models.ForeignKey(
        "brand.PackagingItem", models.PROTECT, related_name="returns", verbose_name=_("packaging item")
    )
    quantity = models.PositiveIntegerField(_("quantity"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.ANNOUNCED)
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("announced by"),
    )
    announced_at = models.DateTimeField(_("announced on"))
    good = models.PositiveIntegerField(pgettext_lazy("packaging", "good"), null=True, blank=True)
    damaged = models.PositiveIntegerField(pgettext_lazy("packaging", "damaged"), null=True, blank=True)
    number = models.CharField(pgettext_lazy("packaging", "document"), max_length=24, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken back by"),
    )
    taken_at = models.DateTimeField(_("taken back on"), null=True, blank=True)

    class Meta:
        verbose_name = _("packaging return")
        verbose_name_plural = _("packaging returns")
        ordering = ["-announced_at", "-pk"]
        default_permissions = ["view", "change"]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="packaging_return_of_something"),
            models.CheckConstraint(
                condition=Q(state="taken", taken_at__isnull=False, quantity__gte=F("good") + F("damaged"))
                | (~Q(state="taken") & Q(taken_at=None, good=None, damaged=None)),
                name="packaging_return_within_announced",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}/{self.item_id}: {self.quantity}"
