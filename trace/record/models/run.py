"""Print runs: codes that go to a printer together, the files made of them, and every act on codes."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class PrintRun(models.Model):
    """Codes issued to be printed together: a roll, some sheets, an order at a print house.

    Its labels are numbered from 1 in the order of the codes. A run made for a batch is bound to it at once,
    one made ahead for a product is bound later, as a whole or in pieces.
    """

    class Pins(models.IntegerChoices):
        """Digits under the scratch field."""

        NONE = 0, _("no scratch field")
        SIX = 6, _("6 digits")
        EIGHT = 8, _("8 digits")

    product = models.ForeignKey(
        "brand.Product", models.PROTECT, related_name="print_runs", verbose_name=_("product")
    )
    batch = models.ForeignKey(
        "record.Batch",
        models.PROTECT,
        related_name="print_runs",
        null=True,
        blank=True,
        verbose_name=_("batch"),
        help_text=_("Empty: codes made ahead, bound to a batch later."),
    )
    quantity = models.PositiveIntegerField(_("how many"))
    pins = models.PositiveSmallIntegerField(_("scratch PIN"), choices=Pins, default=Pins.NONE)
    note = models.CharField(
        _("note"), max_length=120, blank=True, help_text=_("Printer, roll, order number.")
    )
    licence = models.ForeignKey(
        "brand.Licence",
        models.PROTECT,
        related_name="print_runs",
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("drawn under"),
        help_text=_(
            "The licence whose quantity the codes count against. Empty: made before licences counted."
        ),
    )
    request = models.UUIDField(
        null=True,
        blank=True,
        unique=True,
        editable=False,
        help_text="made once however often the same form is sent",
    )
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("made by"),
    )

    class Meta:
        verbose_name = _("print run")
        verbose_name_plural = _("print runs")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="print_run_is_not_empty"),
            models.CheckConstraint(condition=Q(pins__in=[0, 6, 8]), name="print_run_pins_known"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number people call it by, `R00042`."""
        return f"R{self.pk:05d}" if self.pk else "R"


class Printing(models.Model):
    """One file of labels that was made of a run. The first is the printing, each further one a reprint."""

    run = models.ForeignKey(PrintRun, models.PROTECT, related_name="printings", verbose_name=_("print run"))
    number = models.PositiveSmallIntegerField(_("printing"))
    kind = models.CharField(_("kind of file"), max_length=8)
    preset = models.CharField(_("sheet"), max_length=20, blank=True)
    first = models.PositiveIntegerField(_("first label"))
    last = models.PositiveIntegerField(_("last label"))
    quantity = models.PositiveIntegerField(_("labels"))
    sha256 = models.CharField(_("checksum of the file (SHA-256)"), max_length=64)
    size = models.PositiveBigIntegerField(_("size of the file, bytes"))
    reason = models.CharField(_("why it was printed again"), max_length=120, blank=True, default="")
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )

    class Meta:
        verbose_name = _("printing")
        verbose_name_plural = _("printings")
        ordering = ["run", "number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="printing_numbered_once"),
            models.CheckConstraint(
                condition=Q(number=1, reason="") | (Q(number__gt=1) & ~Q(reason="")),
                name="printing_again_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(first__gte=1, last__gte=F("first"), quantity__gte=1),
                name="printing_holds_labels",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run}-{self.number}"


class CodeAct(models.Model):
    """What somebody did to codes: who, when, to how many, why. Written with the act, never changed."""

    class Kind(models.TextChoices):
        """The acts."""

        ISSUE = "issue", _("issued")
        PRINT = "print", _("printed")
        REPRINT = "reprint", _("printed again")
        BIND = "bind", _("bound to a batch")
        ACTIVATE = "activate", _("activated")
        VOID = "void", _("voided")
        PACK = "pack", _("packed")
        UNPACK = "unpack", _("unpacked")
        REPLACE = "replace", _("replaced")
        UNLOCK = "unlock", _("PIN unlocked")
        SELL = "sell", _("sold")
        TAKE_BACK = "take_back", _("taken back")

    kind = models.CharField(_("what was done"), max_length=10, choices=Kind)
    at = models.DateTimeField(_("at"), db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    count = models.PositiveIntegerField(_("codes"))
    reason = models.CharField(_("reason"), max_length=120, blank=True, default="")
    serials = models.JSONField(
        _("serials"), default=list, blank=True, help_text=_("The first hundred of codes that were named.")
    )
    run = models.ForeignKey(
        PrintRun, models.PROTECT, related_name="acts", null=True, blank=True, verbose_name=_("print run")
    )
    carton = models.ForeignKey(
        "record.Carton", models.PROTECT, related_name="acts", null=True, blank=True, verbose_name=_("carton")
    )
    batch = models.ForeignKey(
        "record.Batch",
        models.PROTECT,
        related_name="code_acts",
        null=True,
        blank=True,
        verbose_name=_("batch"),
    )

    class Meta:
        verbose_name = _("act on codes")
        verbose_name_plural = _("acts on codes")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.count}"
