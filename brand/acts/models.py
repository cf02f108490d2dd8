"""The act: one line of the audit trail, only ever added."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class Act(models.Model):
    """What somebody did to one thing. `verb` is a slug of the thing's own (`submitted`, `suspended`)."""

    subject_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    subject_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    verb = models.SlugField(_("what"), max_length=32)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
        help_text=_("Empty: the system, or somebody whose account was deleted."),
    )
    note = models.TextField(_("note"), blank=True)
    detail = models.JSONField(_("detail"), default=dict, blank=True)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("act")
        verbose_name_plural = _("acts")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id", "at"], name="act_of_subject")]

    def __str__(self) -> str:
        return f"{self.verb} {self.at:%Y-%m-%d %H:%M}"


def record_act(
    subject: models.Model,
    verb: str,
    *,
    by: User | None,
    at: datetime,
    note: str = "",
    detail: dict[str, Any] | None = None,
) -> Act:
    """Write down what was done to `subject`; call it in the transaction that did it."""
    return Act.objects.create(
        subject_type=ContentType.objects.get_for_model(subject),
        subject_id=subject.pk,
        verb=verb,
        by=by,
        at=at,
        note=note,
        detail=detail or {},
    )


def acts_on(subject: models.Model) -> models.QuerySet[Act]:
    """Return the trail of one thing, oldest first, with the people. One query when evaluated."""
    kind = ContentType.objects.get_for_model(subject)
    return Act.objects.filter(subject_type=kind, subject_id=subject.pk).select_related("by")
