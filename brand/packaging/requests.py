"""The request: what a member asks for, what the association grants, and the day it was picked up."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PackagingRequest(models.Model):
    """One request of one member under one licence (包装申领)."""

    class State(models.TextChoices):
        """Where it stands."""

        SUBMITTED = "submitted", pgettext_lazy("packaging", "waiting for an answer")
        APPROVED = "approved", pgettext_lazy("packaging", "ready to be picked up")
        PICKED_UP = "picked_up", pgettext_lazy("packaging", "picked up")
        REFUSED = "refused", pgettext_lazy("packaging", "refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("packaging", "withdrawn")
        LAPSED = "lapsed", pgettext_lazy("packaging", "not picked up in time")

    OPEN = (State.SUBMITTED, State.APPROVED)

    number = models.CharField(_("number"), max_length=24, unique=True)
    member = models.ForeignKey(
        "brand.Member", models.PROTECT, related_name="packaging_requests", verbose_name=_("member")
    )
    licence = models.ForeignKey(
        "brand.Licence", models.PROTECT, related_name="packaging_requests", verbose_name=_("licence")
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.SUBMITTED)
    wish = models.CharField(_("what it is for"), max_length=200, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked by"),
    )
    asked_at = models.DateTimeField(_("asked on"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    keep_until = models.DateField(_("kept until"), null=True, blank=True)
    note_number = models.CharField(_("receipt note"), max_length=24, blank=True)
    collector = models.CharField(_("picked up by"), max_length=40, blank=True)
    picked_up_at = models.DateTimeField(_("picked up on"), null=True, blank=True)

    class Meta:
        verbose_name = _("packaging request")
        verbose_name_plural = _("packaging requests")
        ordering = ["-asked_at", "-pk"]
        default_permissions = ["view", "change"]
        indexes = [models.Index(fields=["state", "asked_at"], name="packaging_request_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""), name="packaging_refusal_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(keep_until__isnull=False),
                name="packaging_approval_has_an_end",
            ),
            models.CheckConstraint(
                condition=(Q(state="picked_up", picked_up_at__isnull=False) & ~Q(note_number=""))
                | (~Q(state="picked_up") & Q(picked_up_at__isnull=True, note_number="")),
                name="packaging_pick_up_has_a_note",
            ),
            models.UniqueConstraint(
                fields=["note_number"], condition=~Q(note_number=""), name="packaging_note_once"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class PackagingRequestLine(models.Model):
    """One item of a request: asked for, and granted once somebody decided."""

    request = models.ForeignKey(PackagingRequest, models.CASCADE, related_name="lines")
    item = models.ForeignKey(
        "brand.PackagingItem", models.PROTECT, related_name="request_lines", verbose_name=_("packaging item")
    )
    asked = models.PositiveIntegerField(_("asked for"))
    granted = models.PositiveIntegerField(pgettext_lazy("packaging", "granted"), null=True, blank=True)

    class Meta:
        verbose_name = _("line of a packaging request")
        verbose_name_plural = _("lines of packaging requests")
        ordering = ["pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["request", "item"], name="packaging_request_item_once"),
            models.CheckConstraint(condition=Q(asked__gt=0), name="packaging_request_asks_for_something"),
            models.CheckConstraint(
                condition=Q(granted=None) | Q(granted__lte=F("asked")), name="packaging_granted_within_asked"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}/{self.item_id}: {self.asked}"

    @property
    def is_cut(self) -> bool:
        """Whether less was granted than asked for."""
        return self.granted is not None and self.granted < self.asked
