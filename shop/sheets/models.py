"""A spreadsheet somebody sent in, kept with what would become, or became, of each of its lines."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SheetImport(models.Model):
    """One spreadsheet. The file itself is kept: it is the proof of what was sent in.

    `kind` is a key of `shop.sheets.kinds`.
    """

    kind = models.CharField(_("what it holds"), max_length=16)
    name = models.CharField(_("file"), max_length=120)
    content = models.BinaryField(editable=False)
    uploaded_at = models.DateTimeField(_("uploaded at"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    done_at = models.DateTimeField(_("taken over at"), null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]
        app_label = "fengtu_shop"

    def __str__(self) -> str:
        return self.name


class SheetLine(models.Model):
    """One line: what its cells say, what it changes, and what became of it."""

    class State(models.TextChoices):
        """What became of it."""

        READY = "ready", _("can be taken over")
        FAULTY = "faulty", _("cannot be taken over")
        SAME = "same", _("changes nothing")
        DONE = "done", _("taken over")

    source = models.ForeignKey(SheetImport, models.CASCADE, related_name="lines", verbose_name=_("file"))
    number = models.PositiveIntegerField(_("line"))
    cells = models.JSONField(_("cells"))
    state = models.CharField(_("state"), max_length=8, choices=State)
    says = models.JSONField(_("what it changes, or what is wrong"), default=list)

    class Meta:
        verbose_name = _("line of a table")
        verbose_name_plural = _("lines of a table")
        ordering = ["source", "number"]
        app_label = "fengtu_shop"
        constraints = [models.UniqueConstraint(fields=["source", "number"], name="sheet_line_once")]

    def __str__(self) -> str:
        return str(self.number)
