"""What a seller types about stock."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from record.models import Batch
from shop.partner.models import StockRecord
from shop.selling import product_of
from shop.stock.desk.reading import lots_of
from shop.stock.lots import StockLot
from shop.stock.places import StockPlace
from shop.stock.shelves import places_for
from shop.stock.takes import StockTake


def _count(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=more.pop("least", 1), max_value=1_000_000, **more)


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **more
    )


class LotChoice(forms.ModelChoiceField):
    """Lots, each told by its day, place and what is left."""

    def label_from_instance(self, lot: StockLot) -> str:
        """Return the words of a lot."""
        facts = {"lot": lot, "place": lot.place, "left": lot.remaining, "day": lot.expires_on or _("no day")}
        return _("%(lot)s · %(place)s · use by %(day)s · %(left)d left") % facts


class ReceiveForm(forms.Form):
    """A delivery."""

    quantity = _count(_("how many came in"))
    place = forms.ModelChoiceField(StockPlace.objects.none(), label=_("where they lie"), empty_label=None)
    batch = forms.ModelChoiceField(
        Batch.objects.none(), label=_("batch"), required=False, empty_label=_("without a batch")
    )
    lot_number = forms.CharField(
        label=_("lot number"), max_length=40, required=False, help_text=_("Empty: that of the batch.")
    )
    expires_on = _day(_("use by"), required=False, help_text=_("Empty where it keeps."))
    cost = forms.DecimalField(
        label=_("cost of one in yuan"), min_value=0, decimal_places=2, max_digits=10, required=False
    )

    def __init__(self, *args: Any, stockrecord: StockRecord, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["place"].queryset = places_for(stockrecord.partner)
        product = product_of(stockrecord.product)
        batches = Batch.objects.filter(product=product, recalled_at=None) if product else Batch.objects.none()
        fields["batch"].queryset = batches.order_by("-harvested_on", "-pk")


class MoveForm(forms.Form):
    """A transfer."""

    lot = LotChoice(StockLot.objects.none(), label=pgettext_lazy("stock", "lot"), empty_label=None)
    to = forms.ModelChoiceField(StockPlace.objects.none(), label=_("to which place"), empty_label=None)
    quantity = _count(_("how many"))
    note = forms.CharField(label=_("note"), max_length=200, required=False)

    def __init__(self, *args: Any, stockrecord: StockRecord, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["lot"].queryset = lots_of(stockrecord)
        fields["to"].queryset = places_for(stockrecord.partner)


class LossForm(forms.Form):
    """Something spoiled."""

    lot = LotChoice(StockLot.objects.none(), label=pgettext_lazy("stock", "lot"), empty_label=None)
    quantity = _count(_("how many"))
    why = forms.CharField(label=_("what happened to them"), max_length=200)

    def __init__(self, *args: Any, stockrecord: StockRecord, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["lot"].queryset = lots_of(stockrecord)


class LevelForm(forms.Form):
    """From where on the seller wants to be told."""

    level = _count(_("tell me below"), least=0, required=False, help_text=_("0: never."))


class TakeForm(forms.Form):
    """What was counted, lot by lot. Nothing typed: not counted yet."""

    def __init__(self, *args: Any, take: StockTake, **options: Any) -> None:
        super().__init__(*args, **options)
        self.counts = list(take.counts.select_related("lot__stockrecord__product__parent"))
        for count in self.counts:
            title = count.lot.stockrecord.called
            self.fields[f"counted_{count.pk}"] = _count(
                pgettext_lazy("stock", "counted"), least=0, required=False, initial=count.counted
            )
            self.fields[f"reason_{count.pk}"] = forms.CharField(
                label=_("why it differs"), max_length=200, required=False, initial=count.reason
            )
            for name in (f"counted_{count.pk}", f"reason_{count.pk}"):
                field = self.fields[name]
                field.widget.attrs["aria-label"] = f"{title} {count.lot} {field.label}"

    def rows(self) -> list[dict[str, Any]]:
        """Return each count with its two fields."""
        return [
            {"count": count, "counted": self[f"counted_{count.pk}"], "reason": self[f"reason_{count.pk}"]}
            for count in self.counts
        ]

    def entered(self) -> dict[int, tuple[int | None, str]]:
        """Return what was typed by key of the count."""
        typed = self.cleaned_data
        return {
            count.pk: (typed[f"counted_{count.pk}"], typed[f"reason_{count.pk}"]) for count in self.counts
        }
