"""The movement: one line of the packaging ledger, only ever added; `posting.post` is the only writer."""

from typing import Any, Never

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LedgerIsFinal(Exception):
    """Somebody tried to change or delete a movement; a mistake is put right by a further one."""


class MovementQuerySet(models.QuerySet):
    """Movements can be read and added, nothing else."""

    def update(self, **kwargs: Any) -> Never:
        """Refuse.

        Raises:
            LedgerIsFinal: always.
        """
        raise LedgerIsFinal

    def delete(self) -> Never:
        """Refuse.

        Raises:
            LedgerIsFinal: always.
        """
        raise LedgerIsFinal


class PackagingMovement(models.Model):
    """So many of an item moved. `place` counts within the item; `before` and `after` are its stock."""

    class Kind(models.TextChoices):
        """What happened: five kinds move the stock, the last two only what a member holds."""

        RECEIPT = "receipt", _("receipt")
        ISSUE = "issue", pgettext_lazy("packaging", "handed out")
        RETURN = "return", _("return")
        SPOILAGE = "spoilage", _("spoiled in store")
        COUNT = "count", _("stock-take")
        USE = "use", _("used by the member")
        LOSS = "loss", _("spoiled at the member")

    INTO_STOCK = (Kind.RECEIPT, Kind.RETURN)
    OUT_OF_STOCK = (Kind.ISSUE, Kind.SPOILAGE)
    AT_MEMBER = (Kind.USE, Kind.LOSS)
    OF_MEMBER = (Kind.ISSUE, Kind.RETURN, *AT_MEMBER)

    item = models.ForeignKey(
        "brand.PackagingItem", models.PROTECT, related_name="movements", verbose_name=_("packaging item")
    )
    place = models.PositiveIntegerField(_("line"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    quantity = models.IntegerField(_("quantity"), help_text=_("Below zero only in a stock-take."))
    before = models.PositiveIntegerField(_("stock before"))
    after = models.PositiveIntegerField(_("stock after"))
    number = models.CharField(pgettext_lazy("packaging", "document"), max_length=24, db_index=True)
    member = models.ForeignKey(
        "brand.Member",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="packaging_movements",
        verbose_name=_("member"),
    )
    licence = models.ForeignKey(
        "brand.Licence",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="packaging_movements",
        verbose_name=_("licence"),
    )
    price = models.DecimalField(
        _("price of one in yuan"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("entered by"),
    )
    at = models.DateTimeField(_("when"), db_index=True)

    objects = MovementQuerySet.as_manager()

    class Meta:
        verbose_name = _("packaging movement")
        verbose_name_plural = _("packaging ledger")
        ordering = ["-at", "-pk"]
        default_permissions = ["view", "add"]
        indexes = [models.Index(fields=["member", "item", "at"], name="packaging_of_member")]
        constraints = [
            models.UniqueConstraint(fields=["item", "place"], name="packaging_line_once"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0) | (Q(kind="count") & ~Q(quantity=0)),
                name="packaging_quantity_moves_something",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["receipt", "return", "count"], after=F("before") + F("quantity"))
                | Q(kind__in=["issue", "spoilage"], after=F("before") - F("quantity"))
                | Q(kind__in=["use", "loss"], after=F("before")),
                name="packaging_line_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["issue", "return", "use", "loss"], member__isnull=False)
                | Q(kind__in=["receipt", "spoilage", "count"], member__isnull=True),
                name="packaging_line_names_its_member",
            ),
            models.CheckConstraint(
                condition=~Q(kind="issue") | Q(licence__isnull=False), name="packaging_issue_has_a_licence"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.get_kind_display()} {self.quantity}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add a line.

        Raises:
            LedgerIsFinal: it is there already.
        """
        if not self._state.adding:
            raise LedgerIsFinal
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        """Refuse.

        Raises:
            LedgerIsFinal: always.
        """
        raise LedgerIsFinal

    @property
    def amount(self) -> Any:
        """What it costs in yuan; None without a price."""
        return None if self.price is None else self.price * self.quantity
