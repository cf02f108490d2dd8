"""The capture: a document of EPCIS events that a partner handed in, and what became of it."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CaptureJob(models.Model):
    """One document of a partner: who handed it in, when, and what was wrong with it."""

    class Behaviour(models.TextChoices):
        """What happens to the good events of a document with a bad one (EPCIS 2.0, 12.8)."""

        ROLLBACK = "rollback", _("all or none")
        PROCEED = "proceed", _("the good ones are kept")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(
        "brand.Member", models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("member")
    )
    program = models.CharField(_("program"), max_length=80, blank=True)
    created_at = models.DateTimeField(_("handed in at"))
    finished_at = models.DateTimeField(_("finished at"))
    behaviour = models.CharField(_("on errors"), max_length=8, choices=Behaviour)
    received = models.PositiveIntegerField(_("events received"))
    recorded = models.PositiveIntegerField(_("events recorded"))
    known = models.PositiveIntegerField(_("events known already"), default=0)
    errors = models.JSONField(_("errors"), default=list)

    class Meta:
        verbose_name = _("capture of partner events")
        verbose_name_plural = _("captures of partner events")
        ordering = ["-created_at"]
        default_permissions = ["view"]
        constraints = [
            models.CheckConstraint(
                condition=Q(behaviour__in=["rollback", "proceed"]), name="capture_behaviour_known"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def success(self) -> bool:
        """Whether nothing was wrong."""
        return not self.errors


class CapturedEvent(models.Model):
    """A partner's event as it was handed in, beside the event of the record it became.

    One EPCIS event may speak of several lots and so become several events. `name` is its event id; handing
    the same one in again has no effect.
    """

    job = models.ForeignKey(CaptureJob, models.PROTECT, related_name="events", verbose_name=_("capture"))
    event = models.OneToOneField(
        "record.Event", models.PROTECT, related_name="captured", verbose_name=_("event")
    )
    batch = models.ForeignKey("record.Batch", models.PROTECT, related_name="+", verbose_name=_("batch"))
    sender = models.CharField(max_length=32, help_text="`member:<id>`, or empty")
    name = models.CharField(_("event ID"), max_length=200)
    said = models.JSONField(_("as it was handed in"))

    class Meta:
        verbose_name = _("event of a partner")
        verbose_name_plural = _("events of partners")
        ordering = ["-id"]
        default_permissions = ["view"]
        constraints = [
            models.UniqueConstraint(fields=["sender", "name", "batch"], name="captured_event_once")
        ]

    def __str__(self) -> str:
        return self.name
