"""Imports: spreadsheets of events, kept whole, with what became of each line."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class EventImport(models.Model):
    """One spreadsheet that somebody uploaded. The file itself is kept: it is the proof of what was sent in.

    It lies in the database and not in the media folder, whose files have public addresses.
    """

    name = models.CharField(_("file"), max_length=120)
    content = models.BinaryField(editable=False)
    uploaded_at = models.DateTimeField(_("uploaded at"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    recorded_at = models.DateTimeField(_("recorded at"), null=True, blank=True)

    class Meta:
        verbose_name = _("import of events")
        verbose_name_plural = _("imports of events")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


class ImportLine(models.Model):
    """One line of a spreadsheet: what its cells say, and what became of it."""

    class State(models.TextChoices):
        """What became of it."""

        READY = "ready", _("can be recorded")
        CONFLICT = "conflict", _("contradicts the record")
        FAULTY = "faulty", _("cannot be recorded")
        KNOWN = "known", _("recorded already")
        RECORDED = "recorded", _("recorded")

    source = models.ForeignKey(EventImport, models.CASCADE, related_name="lines", verbose_name=_("file"))
    number = models.PositiveIntegerField(_("line"))
    cells = models.JSONField(_("cells"))
    state = models.CharField(_("state"), max_length=8, choices=State)
    problems = models.JSONField(_("problems"), default=list)
    event = models.ForeignKey(
        "record.Event", models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("event")
    )

    class Meta:
        verbose_name = _("line of an import")
        verbose_name_plural = _("lines of an import")
        ordering = ["source", "number"]
        constraints = [
            models.UniqueConstraint(fields=["source", "number"], name="import_line_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["recorded", "known"]) | Q(event__isnull=False),
                name="import_line_recorded_has_its_event",
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)
