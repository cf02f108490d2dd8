"""What a seller types about trade: prices by quantity, offers, a no."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shop.partner.models import StockRecord
from shop.trade.models import Quotation

ROWS = 3


class TierForm(forms.Form):
    """Up to three tiers; an empty row is none."""

    def __init__(self, *args: Any, stockrecord: StockRecord, **options: Any) -> None:
        super().__init__(*args, **options)
        known = list(stockrecord.tiers.all()) if stockrecord.pk else []
        for number in range(ROWS):
            tier = known[number] if number < len(known) else None
            self.fields[f"least_{number}"] = forms.IntegerField(
                label=_("from how many"), min_value=2, required=False, initial=tier and tier.least
            )
            self.fields[f"price_{number}"] = forms.DecimalField(
                label=_("price of one in yuan"), min_value=0, decimal_places=2, max_digits=10,
                required=False, initial=tier and tier.price,
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for both halves of a row."""
        typed: dict[str, Any] = super().clean() or {}
        for number in range(ROWS):
            if (typed.get(f"least_{number}") is None) != (typed.get(f"price_{number}") is None):
                self.add_error(f"price_{number}", _("Write how many and how much, or neither."))
        return typed

    def tiers(self) -> list[tuple[int, Decimal]]:
        """Return the rows that were filled in."""
        typed = self.cleaned_data
        rows = [(typed[f"least_{number}"], typed[f"price_{number}"]) for number in range(ROWS)]
        return [(least, price) for least, price in rows if least is not None]


class OfferForm(forms.Form):
    """A price for each line, the freight, and until when."""

    freight = forms.DecimalField(label=_("freight in yuan"), min_value=0, decimal_places=2, max_digits=10)
    valid_until = forms.DateField(
        label=_("valid until"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    note = forms.CharField(label=_("note"), max_length=200, required=False)

    def __init__(self, *args: Any, quotation: Quotation, **options: Any) -> None:
        week = timezone.localdate() + timedelta(days=7)
        first = {"freight": quotation.freight, "valid_until": quotation.valid_until or week}
        options["initial"] = {**first, "note": quotation.answer}
        super().__init__(*args, **options)
        self.lines = list(quotation.lines.select_related("stockrecord__product__parent"))
        prices = {
            f"price_{line.pk}": forms.DecimalField(
                label=_("%(title)s, %(quantity)d: price of one")
                % {"title": line.stockrecord.called, "quantity": line.quantity},
                min_value=Decimal("0.01"),
                decimal_places=2,
                max_digits=10,
                initial=line.price or line.stockrecord.price,
                help_text=_("In the shop %(price)s yuan.") % {"price": line.stockrecord.price},
            )
            for line in self.lines
        }
        self.fields = {**prices, **self.fields}

    def prices(self) -> dict[int, Decimal]:
        """Return the price of each line by its key."""
        return {line.pk: self.cleaned_data[f"price_{line.pk}"] for line in self.lines}


class DeclineForm(forms.Form):
    """A no."""

    reason = forms.CharField(label=_("reason"), max_length=200)
