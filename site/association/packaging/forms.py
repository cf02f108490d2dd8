"""Forms of packaging on the desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from association.packaging.queries import Offer
from brand.models import PackagingHolding, PackagingItem, PackagingQuota

MOST = 9_999_999


def _count(**options: Any) -> forms.IntegerField:
    widget = forms.NumberInput({"step": 1, "inputmode": "numeric"})
    return forms.IntegerField(min_value=0, max_value=MOST, required=False, widget=widget, **options)


class AskForm(forms.Form):
    """How many of each item under one licence; empty is none."""

    wish = forms.CharField(
        label=_("What it is for"),
        max_length=200,
        required=False,
        help_text=_("Which goods, when they are packed: it helps whoever decides."),
    )

    def __init__(self, *args: Any, offer: Offer, **options: Any) -> None:
        super().__init__(*args, **options)
        self.quotas = offer.quotas
        for quota in self.quotas:
            self.fields[f"item_{quota.item_id}"] = _count(label=str(quota.item))
        self.order_fields([*(f"item_{quota.item_id}" for quota in self.quotas), "wish"])

    def rows(self) -> list[tuple[PackagingQuota, forms.BoundField]]:
        """Return each quota with its field."""
        return [(quota, self[f"item_{quota.item_id}"]) for quota in self.quotas]

    def quantities(self) -> dict[PackagingItem, int]:
        """Return what is asked for, by item."""
        return {quota.item: self.cleaned_data[f"item_{quota.item_id}"] or 0 for quota in self.quotas}


class ReportForm(forms.Form):
    """What became of it. `seen` is what was left when the form was shown."""

    used = _count(label=_("Used up"), help_text=_("On goods that are packed."))
    spoiled = _count(label=_("Spoiled"), help_text=_("Misprinted, torn, wet: whatever cannot be used."))
    note = forms.CharField(label=_("How they were spoiled"), max_length=200, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=MOST)

    def __init__(self, *args: Any, holding: PackagingHolding, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["seen"].initial = holding.remaining


class ReturnForm(forms.Form):
    """How many come back."""

    quantity = _count(label=_("How many you bring back"))
    note = forms.CharField(label=_("Note"), max_length=200, required=False)
