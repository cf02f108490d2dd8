"""Who sells, and for how much out of which stock."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from oscar.apps.partner.abstract_models import AbstractPartner, AbstractStockRecord


class Partner(AbstractPartner):
    """A seller of the hall: a member of the association."""

    member = models.OneToOneField(
        "brand.Member",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="partner",
        verbose_name=_("member"),
    )


class StockRecord(AbstractStockRecord):
    """Price and stock of an article at its seller. More is never promised than there is.

    `was_price` is struck out on the page and needs its basis in words (价格法, 禁止价格欺诈规定).
    """

    was_price = models.DecimalField(_("struck price"), max_digits=12, decimal_places=2, null=True, blank=True)
    was_basis = models.CharField(_("basis of the struck price"), max_length=100, blank=True)

    class Meta(AbstractStockRecord.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(
                condition=Q(num_allocated__lte=F("num_in_stock")), name="stock_promised_at_most_there"
            ),
            models.CheckConstraint(
                condition=Q(was_price=None) | ~Q(was_basis=""), name="stock_struck_price_has_basis"
            ),
        ]

    @property
    def called(self) -> str:
        """What it is called in lists: the article, and which variant of it."""
        title: str = self.product.get_title()
        parent: str = self.product.parent.title if self.product.is_child else ""
        return f"{parent} {title}" if parent and not title.startswith(parent) else title


from oscar.apps.partner.models import *  # noqa: E402, F403
