"""What a supplier types about money."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SupplyPriceForm(forms.Form):
    """A price of the list, from a day on."""

    price = forms.DecimalField(label=_("supply price in yuan"), min_value=0, decimal_places=2, max_digits=10)
    valid_from = forms.DateField(
        label=_("valid from"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


class ConfirmForm(forms.Form):
    """Nothing to type: the button says it."""


class ObjectForm(forms.Form):
    """What is wrong."""

    objection = forms.CharField(
        label=_("what is wrong"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Which order, which amount."),
    )
