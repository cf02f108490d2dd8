"""The code on a package, and the scans of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Code(models.Model):
    """One serial, on one package. Scans do not change its state; they are counted here.

    `serial` carries a constraint of its own instead of `unique=True`, which on PostgreSQL would build a
    second index for LIKE over millions of rows; `product` is found through the batch and has none.
    """

    class State(models.TextChoices):
        """The life of a code."""

        ISSUED = "issued", _("issued")
        PRINTED = "printed", _("printed")
        BOUND = "bound", _("bound to a batch")
        ACTIVATED = "activated", _("activated")
        SOLD = "sold", _("sold")
        VOIDED = "voided", _("voided")

    serial = models.CharField(_("serial"), max_length=16)
    product = models.ForeignKey(
        "brand.Product", models.PROTECT, related_name="codes", verbose_name=_("product")
    )
    batch = models.ForeignKey(
        "record.Batch",
        models.PROTECT,
        related_name="codes",
        null=True,
        blank=True,
        verbose_name=_("batch"),
    )
    run = models.ForeignKey(
        "record.PrintRun",
        models.PROTECT,
        related_name="codes",
        null=True,
        blank=True,
        db_index=False,  # the indexes below know only codes that have one
        verbose_name=_("print run"),
    )
    carton = models.ForeignKey(
        "record.Carton",
        models.PROTECT,
        related_name="codes",
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("carton"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ISSUED)
    scan_count = models.PositiveIntegerField(_("scans"), default=0)
    device_count = models.PositiveIntegerField(_("phones"), default=0)
    first_scanned_at = models.DateTimeField(_("first scanned at"), null=True, blank=True)
    first_device = models.CharField(max_length=32, blank=True, default="", editable=False)
    suspected_at = models.DateTimeField(
        _("suspected since"), null=True, blank=True, help_text=_("A clone alert is open or confirmed.")
    )
    accepted_devices = models.PositiveIntegerField(
        default=0,
        db_default=0,  # codes are copied in without naming it
        editable=False,
        help_text="phones an operator found harmless; only further ones count",
    )
    issued_at = models.DateTimeField(_("issued at"))
    activated_at = models.DateTimeField(_("activated at"), null=True, blank=True)
    voided_at = models.DateTimeField(_("voided at"), null=True, blank=True)
    void_reason = models.CharField(_("why it was voided"), max_length=120, blank=True, default="")

    class Meta:
        verbose_name = _("code")
        verbose_name_plural = _("codes")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["run"], condition=Q(run__isnull=False), name="code_by_run"),
            models.Index(fields=["carton"], condition=Q(carton__isnull=False), name="code_by_carton"),
            models.Index(
                fields=["suspected_at"], condition=Q(suspected_at__isnull=False), name="code_suspected"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["serial"], name="code_serial_unique"),
            models.CheckConstraint(
                condition=Q(state__in=["issued", "printed", "bound", "activated", "sold", "voided"]),
                name="code_state_known",
            ),
            models.CheckConstraint(
                condition=Q(batch__isnull=False) | Q(state__in=["issued", "printed", "voided"]),
                name="code_in_use_has_a_batch",
            ),
            models.CheckConstraint(
                condition=Q(carton__isnull=True) | Q(batch__isnull=False),
                name="code_in_a_carton_has_a_batch",
            ),
            models.CheckConstraint(
                condition=Q(activated_at__isnull=False) | ~Q(state__in=["activated", "sold"]),
                name="code_activated_has_a_time",
            ),
            models.CheckConstraint(
                condition=(Q(state="voided", voided_at__isnull=False) & ~Q(void_reason=""))
                | (~Q(state="voided") & Q(voided_at__isnull=True, void_reason="")),
                name="code_voided_has_time_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(scan_count=0, first_scanned_at__isnull=True)
                | Q(scan_count__gt=0, first_scanned_at__isnull=False),
                name="code_scanned_has_a_first_time",
            ),
        ]

    def __str__(self) -> str:
        return self.serial


class Scan(models.Model):
    """One time somebody looked a code up. No address is kept: a device is a keyed hash, a place is coarse."""

    code = models.ForeignKey(
        Code, models.CASCADE, related_name="scans", db_index=False, verbose_name=_("code")
    )
    at = models.DateTimeField(_("at"))
    device = models.CharField(_("device mark"), max_length=32)
    place = models.CharField(_("place"), max_length=40, blank=True, default="")

    class Meta:
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        ordering = ["code", "at", "id"]
        indexes = [
            models.Index(fields=["code", "at"], name="scan_by_code_and_time"),
            models.Index(fields=["code", "device"], name="scan_by_code_and_device"),
        ]

    def __str__(self) -> str:
        return f"{self.code_id} {self.at:%Y-%m-%d %H:%M}"
