"""Forms of codes on the desk."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from association.codes.queries import Quota
from brand.models import Product
from record.models import Batch, PrintRun

MOST_AT_ONCE = 100_000  # larger runs are ordered from the association, which watches them being made


class DrawForm(forms.Form):
    """How many codes, for which batch or ahead of one."""

    what = forms.ChoiceField(
        label=gettext_lazy("What for"),
        help_text=gettext_lazy("Codes for a batch belong to it at once. Those made ahead get theirs later."),
    )
    quantity = forms.IntegerField(
        label=gettext_lazy("How many codes"), min_value=1, max_value=MOST_AT_ONCE, initial=500
    )
    pins = forms.TypedChoiceField(
        label=gettext_lazy("Scratch field"), choices=PrintRun.Pins, coerce=int, initial=PrintRun.Pins.NONE
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Printer, roll, order number: whatever you know it by."),
    )
    request = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, quotas: Sequence[Quota], batches: Sequence[Batch], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["request"].initial = uuid4
        self.products = {f"product-{quota.cover.product_id}": quota.cover.product for quota in quotas}
        self.batches = {f"batch-{batch.pk}": batch for batch in batches}
        self.fields["what"].choices = self._choices()  # type: ignore[attr-defined]

    def asked(self) -> dict[str, Any]:
        """Return what `make_run` takes."""
        facts = {name: self.cleaned_data[name] for name in ("quantity", "pins", "note", "request")}
        what = self.cleaned_data["what"]
        batch = self.batches.get(what)
        product: Product = batch.product if batch else self.products[what]
        return {**facts, "product": product, "batch": batch}

    def _choices(self) -> list[tuple[str, list[tuple[str, str]]]]:
        by_product = sorted(self.batches.items(), key=lambda item: item[1].product_id)
        lots = {
            product: [(key, _("lot %(lot)s") % {"lot": batch.lot}) for key, batch in group]
            for product, group in groupby(by_product, key=lambda item: item[1].product_id)
        }
        return [
            (
                str(product),
                [*lots.get(product.pk, []), (key, _("%(product)s, made ahead") % {"product": product.name})],
            )
            for key, product in self.products.items()
        ]


class BindForm(forms.Form):
    """Which batch codes made ahead belong to."""

    batch = forms.ModelChoiceField(
        label=gettext_lazy("Batch"), queryset=Batch.objects.none(), empty_label=gettext_lazy("Choose a batch")
    )

    def __init__(self, *args: Any, run: PrintRun, **options: Any) -> None:
        super().__init__(*args, **options)
        batches = Batch.objects.filter(product=run.product_id, recalled_at=None).order_by("-pk")
        self.fields["batch"].queryset = batches  # type: ignore[attr-defined]
