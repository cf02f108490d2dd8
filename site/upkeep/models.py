"""The record of maintenance: every backup, every restore, and what people did by hand."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class UpkeepEntry(models.Model):
    """One piece of maintenance. Backups and restores write their own, people enter theirs; none is edited."""

    class Kind(models.TextChoices):
        """What was done."""

        BACKUP = "backup", _("backup")
        RESTORE = "restore", _("restore")
        UPDATE = "update", _("update")
        REPAIR = "repair", _("repair")
        INSPECTION = "inspection", _("inspection")
        OTHER = "other", _("other maintenance")

    class State(models.TextChoices):
        """How it went."""

        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    run = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DONE)
    started_at = models.DateTimeField(_("began"))
    finished_at = models.DateTimeField(_("ended"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("entered by"),
    )
    what = models.CharField(_("what was done"), max_length=200)
    outcome = models.CharField(_("outcome"), max_length=500, blank=True)
    place = models.CharField(_("where it lies"), max_length=300, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"), null=True, blank=True)
    rows = models.PositiveBigIntegerField(_("rows"), null=True, blank=True)
    files = models.PositiveIntegerField(_("files"), null=True, blank=True)

    class Meta:
        verbose_name = _("maintenance entry")
        verbose_name_plural = _("maintenance record")
        ordering = ["-started_at", "-id"]
        default_permissions = ["view", "add"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["backup", "restore", "update", "repair", "inspection", "other"]),
                name="upkeep_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["running", "done", "failed"]), name="upkeep_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="running", finished_at__isnull=True)
                | (~Q(state="running") & Q(finished_at__isnull=False)),
                name="upkeep_ended_when_not_running",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=models.F("started_at")),
                name="upkeep_ends_after_it_began",
                violation_error_message=_("It cannot have ended before it began."),
            ),
        ]

    def __str__(self) -> str:
        return self.what
