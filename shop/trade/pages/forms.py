"""What a trade buyer types."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lib.credit_code import canonical_credit_code, validate_credit_code
from lib.phone import InvalidPhone, normalise_phone
from shop.partner.models import StockRecord
from shop.trade.asking import MOST
from shop.trade.buyers import TradeBuyer


class ApplyForm(forms.Form):
    """Who asks for trade prices."""

    name = forms.CharField(label=_("name on the business licence"), max_length=80)
    kind = forms.ChoiceField(label=_("What are you?"), choices=TradeBuyer.Kind, widget=forms.RadioSelect)
    credit_code = forms.CharField(
        label=_("unified social credit code"), max_length=24, help_text=_("18 characters of GB 32100.")
    )
    contact = forms.CharField(label=_("contact person"), max_length=40)
    phone = forms.CharField(
        label=_("mobile number"), max_length=20, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    address = forms.CharField(
        label=_("address for deliveries"),
        max_length=160,
        help_text=_("With province, city and county: the freight depends on it."),
    )
    wants = forms.CharField(
        label=_("what you buy"),
        max_length=200,
        required=False,
        help_text=_("Which goods, how much, how often."),
    )

    def clean_credit_code(self) -> str:
        """Return the code as it is printed."""
        code = canonical_credit_code(self.cleaned_data["credit_code"])
        validate_credit_code(code)
        return code

    def clean_phone(self) -> str:
        """Return the number in its one spelling."""
        try:
            return normalise_phone(self.cleaned_data["phone"])
        except InvalidPhone as wrong:
            raise ValidationError(str(wrong)) from None


class AskForm(forms.Form):
    """How many of each article; an empty row is not asked for."""

    note = forms.CharField(
        label=_("note to the seller"), max_length=200, required=False, help_text=_("When, how packed.")
    )

    def __init__(self, *args: Any, wanted: Sequence[tuple[StockRecord, int]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.wanted = [one for one, _quantity in wanted]
        rows = {
            f"quantity_{one.pk}": forms.IntegerField(
                label=one.called, min_value=0, max_value=MOST, required=False, initial=quantity,
                help_text=_tiers(one),
            )
            for one, quantity in wanted
        }  # fmt: skip
        self.fields = {**rows, **self.fields}

    def wishes(self) -> list[tuple[StockRecord, int]]:
        """Return what was asked for."""
        typed = self.cleaned_data
        return [(one, typed[f"quantity_{one.pk}"]) for one in self.wanted if typed[f"quantity_{one.pk}"]]


def _tiers(one: StockRecord) -> str:
    tiers = "；".join(
        _("from %(least)d: %(price)s yuan") % {"least": tier.least, "price": tier.price}
        for tier in one.tiers.all()
    )
    return tiers or str(_("In the shop %(price)s yuan.") % {"price": one.price})
