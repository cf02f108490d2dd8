"""Forms of the acts on packaging."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brand.models import (
    Licence,
    PackagingHolding,
    PackagingItem,
    PackagingQuota,
    PackagingRequest,
    PackagingReturn,
    StockTake,
)

MOST = 9_999_999  # of one item in one act


class Count(forms.IntegerField):
    """How many; nothing below zero, nothing a database has no room for."""

    def __init__(self, *, least: int = 1, **options: Any) -> None:
        widget = forms.NumberInput({"step": 1, "inputmode": "numeric"})
        super().__init__(min_value=least, max_value=MOST, widget=widget, **options)


class ItemActForm(forms.Form):
    """An act on one item."""

    def __init__(self, *args: Any, item: PackagingItem, **options: Any) -> None:
        super().__init__(*args, **options)
        self.item = item


class ReceiveForm(ItemActForm):
    """What came from the printer."""

    quantity = Count(label=_("quantity"))
    note = forms.CharField(
        label=pgettext_lazy("packaging", "delivery"),
        max_length=200,
        required=False,
        help_text=_("Printer, delivery note, bill."),
    )


class WriteOffForm(ItemActForm):
    """What spoiled in the store."""

    quantity = Count(label=_("quantity"))
    reason = forms.CharField(label=_("what happened"), max_length=200)


class QuotaChoice(forms.ModelChoiceField):
    """A licence with what it may still take."""

    def label_from_instance(self, obj: PackagingQuota) -> str:
        """Name member, licence and what is left."""
        return f"{obj.licence.member} · {obj.licence.number} · {obj.left} {obj.item.unit}"


class HandOutForm(ItemActForm):
    """Over the counter, without a request beforehand."""

    quota = QuotaChoice(
        label=_("licence"),
        queryset=PackagingQuota.objects.none(),
        help_text=_("Licences in force with a quota of this item; behind each what it may still take."),
    )
    quantity = Count(label=_("quantity"))
    collector = forms.CharField(label=_("who takes it along"), max_length=40)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["quota"].queryset = self._quotas()  # type: ignore[attr-defined]

    def _quotas(self) -> QuerySet[PackagingQuota]:
        valid = Licence.objects.valid(on=timezone.localdate())
        quotas = PackagingQuota.objects.filter(item=self.item, licence__in=valid)
        return quotas.select_related("item", "licence__member").order_by("licence__member__name", "pk")


class HoldingChoice(forms.ModelChoiceField):
    """A member with what it still has."""

    def label_from_instance(self, obj: PackagingHolding) -> str:
        """Name the member and what is left there."""
        return f"{obj.member} · {obj.remaining} {obj.item.unit}"


class CountBackForm(forms.Form):
    """What came back: the good ones and the others."""

    good = Count(label=_("good, back on the shelf"), least=0, initial=0)
    damaged = Count(label=pgettext_lazy("packaging", "damaged"), least=0, initial=0)


class TakeBackForm(ItemActForm, CountBackForm):
    """Over the counter, without an announcement."""

    holding = HoldingChoice(label=_("member"), queryset=PackagingHolding.objects.none())
    note = forms.CharField(label=_("note"), max_length=200, required=False)
    field_order = ("holding", "good", "damaged", "note")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        held = PackagingHolding.objects.filter(item=self.item, remaining__gt=0)
        self.fields["holding"].queryset = held.select_related("member", "item").order_by("member__name")  # type: ignore[attr-defined]


class AnswerReturnForm(CountBackForm):
    """The answer to an announced return: it starts with all of it good."""

    def __init__(self, *args: Any, back: PackagingReturn, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["good"].initial = back.quantity


class RequestActForm(forms.Form):
    """An act on one request."""

    def __init__(self, *args: Any, request: PackagingRequest, **options: Any) -> None:
        super().__init__(*args, **options)
        self.request = request


class ApproveForm(RequestActForm):
    """How many of each line are granted; it starts with all that was asked for."""

    reason = forms.CharField(
        label=_("why less"), max_length=200, required=False, help_text=_("Only where less is granted.")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        lines = self.request.lines.select_related("item")
        for line in lines:
            self.fields[f"line_{line.pk}"] = Count(label=str(line.item), least=0, initial=line.asked)
        self.order_fields([*(f"line_{line.pk}" for line in lines), "reason"])

    def granted(self) -> dict[int, int]:
        """Return what is granted by key of the line."""
        return {
            int(name.removeprefix("line_")): count
            for name, count in self.cleaned_data.items()
            if name.startswith("line_")
        }


class RefuseForm(RequestActForm):
    """Why not."""

    reason = forms.CharField(label=_("reason"), max_length=200, help_text=_("The member reads it."))


class PickUpForm(RequestActForm):
    """Who takes it along."""

    collector = forms.CharField(label=_("who takes it along"), max_length=40)


class TakeForm(forms.Form):
    """What was counted of each item, and why it differs."""

    def __init__(self, *args: Any, take: StockTake, **options: Any) -> None:
        super().__init__(*args, **options)
        self.counts = list(take.counts.select_related("item__stock"))
        for count in self.counts:
            counted = Count(
                label=pgettext_lazy("packaging", "counted"), least=0, required=False, initial=count.counted
            )
            counted.widget.attrs["aria-label"] = format_lazy(
                "{} {}", count.item, pgettext_lazy("packaging", "counted")
            )
            reason = forms.CharField(max_length=200, required=False, initial=count.reason)
            reason.widget.attrs["aria-label"] = format_lazy("{} {}", count.item, _("why it differs"))
            self.fields |= {f"counted_{count.pk}": counted, f"reason_{count.pk}": reason}

    def rows(self) -> list[dict[str, Any]]:
        """Return each count with its two fields, for the table."""
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


class QuotaForm(forms.Form):
    """How much of an item under a licence."""

    quantity = Count(label=pgettext_lazy("packaging", "quota"), least=0)
