"""The movement: one line of the stock ledger, only ever added; `posting.post` is the only writer."""

from typing import Any, Never

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LedgerIsFinal(Exception):
    """Somebody tried to change or delete a movement; a mistake is put right by a further one."""


class MovementQuerySet(models.QuerySet["StockMovement"]):
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


class StockMovement(models.Model):
    """So many of a lot came or went. `before` and `after` are what the seller had of the article."""

    class Kind(models.TextChoices):
        OPENING = "opening", pgettext_lazy("stock", "taken over")
        RECEIPT = "receipt", _("receipt")
        SALE = "sale", pgettext_lazy("stock", "sold")
        RETURN = "return", pgettext_lazy("stock", "came back")
        LOSS = "loss", pgettext_lazy("stock", "spoiled")
        EXPIRED = "expired", pgettext_lazy("stock", "past its day")
        MOVED = "moved", pgettext_lazy("stock", "moved")
        COUNT = "count", _("stock-take")

    stockrecord = models.ForeignKey(
        "partner.StockRecord", models.PROTECT, related_name="movements", verbose_name=_("article")
    )
    lot = models.ForeignKey(
        "fengtu_shop.StockLot", models.PROTECT, related_name="movements", verbose_name=_("lot")
    )
    entry = models.PositiveIntegerField(_("line"), help_text=_("Counts within the article."))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    quantity = models.IntegerField(_("quantity"), help_text=_("Below zero: it went."))
    before = models.PositiveIntegerField(_("stock before"))
    after = models.PositiveIntegerField(_("stock after"))
    number = models.CharField(pgettext_lazy("stock", "document"), max_length=24, blank=True, db_index=True)
    order_line = models.ForeignKey(
        "order.Line",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stock_movements",
        verbose_name=_("line of the order"),
    )
    cost = models.DecimalField(
        _("cost of one in yuan"), max_digits=10, decimal_places=2, null=True, blank=True
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
        verbose_name = _("stock movement")
        verbose_name_plural = _("stock ledger")
        ordering = ["-at", "-pk"]
        app_label = "fengtu_shop"
        default_permissions = ["view", "add"]
        constraints = [
            models.UniqueConstraint(fields=["stockrecord", "entry"], name="stock_entry_once"),
            models.CheckConstraint(condition=~Q(quantity=0), name="stock_entry_moves_something"),
            models.CheckConstraint(
                condition=Q(after=F("before") + F("quantity")), name="stock_entry_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["opening", "moved", "count"])
                | Q(kind__in=["receipt", "return"], quantity__gt=0)
                | Q(kind__in=["sale", "loss", "expired"], quantity__lt=0),
                name="stock_entry_goes_the_way_of_its_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stockrecord_id}/{self.entry} {self.get_kind_display()} {self.quantity:+d}"

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
