"""Forms of the acts on codes: which of them, and what the act needs besides."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from record.codes.cartons import MOST_AT_ONCE, MOST_IN_ONE
from record.codes.printing import FORMATS
from record.codes.selections import Selection, between, listed
from record.codes.serials import InvalidSerial, parse_serial
from record.labels import DEFAULT_PRESET, PRESETS
from record.models import Batch, PrintRun
from record.pages.wording import sentence

_LAST_PART = re.compile(r"[^/\s]+(?=/?\s*$)")


def read_serial(text: str) -> str:
    """Return the serial of what was typed, or of the link a scanner types.

    Raises:
        ValidationError: saying what is wrong with it.
    """
    found = _LAST_PART.search(text) if "/" in text else None
    try:
        return parse_serial(found[0] if found else text)
    except InvalidSerial as error:
        raise forms.ValidationError(f"{text.strip()[:40]}: {sentence(error)}") from error


class SerialField(forms.CharField):
    """One code, typed or scanned."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=200, **options)
        self.widget.attrs |= {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}

    def clean(self, value: Any) -> str:
        """Return the serial."""
        text = super().clean(value)
        return read_serial(text) if text else ""


class SerialsField(forms.CharField):
    """Codes, one a line: a scanner in keyboard mode writes them by itself."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.Textarea({"rows": 3, "spellcheck": "false"}), **options)

    def clean(self, value: Any) -> list[str]:
        """Return the serials."""
        return [read_serial(line) for line in super().clean(value).splitlines() if line.strip()]


class WhichForm(forms.Form):
    """Which labels: all without an answer, from one to another, or those on a list."""

    first = SerialField(
        label=_("from this label"),
        required=False,
        help_text=_("The first and the last label of a piece of the roll."),
    )
    last = SerialField(label=_("to this label"), required=False)
    serials = SerialsField(
        label=_("or only these"),
        required=False,
        help_text=_("One per line, typed or scanned. All empty: every one."),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse half a piece, and a piece with a list."""
        cleaned: dict[str, Any] = super().clean() or {}
        ends = [name for name in ("first", "last") if cleaned.get(name)]
        if len(ends) == 1:
            raise forms.ValidationError(_("A piece of the roll has a first and a last label."))
        if ends and cleaned.get("serials"):
            raise forms.ValidationError(_("Either a piece of the roll or a list, not both."))
        return cleaned

    def selection(self, everything: Selection) -> Selection:
        """Return what was chosen of `everything`.

        Raises:
            CodesRefused: unknown codes, or labels of different runs.
        """
        if self.cleaned_data["serials"]:
            return listed(self.cleaned_data["serials"])
        if self.cleaned_data["first"]:
            return between(self.cleaned_data["first"], self.cleaned_data["last"])
        return everything


class PrintForm(forms.Form):
    """What file."""

    kind = forms.ChoiceField(
        label=_("file"),
        choices=[
            ("pdf", _("PDF, sheets")),
            ("csv", _("CSV, a table")),
            ("zip", _("ZIP, a drawing per code")),
        ],
    )
    preset = forms.ChoiceField(label=_("sheet"), initial=DEFAULT_PRESET)

    def __init__(self, *args: Any, run: PrintRun, **options: Any) -> None:
        super().__init__(*args, **options)
        sheets = [preset for preset in PRESETS.values() if preset.has_scratch or not run.pins]
        preset = self.fields["preset"]
        preset.choices = [(one.name, f"{one.name} · {one.width} × {one.height} mm") for one in sheets]  # type: ignore[attr-defined]
        preset.initial = sheets[0].name
        assert set(dict(self.fields["kind"].choices)) == set(FORMATS)  # type: ignore[attr-defined]  # noqa: S101


class ReprintForm(WhichForm, PrintForm):
    """What file again, of which labels, and why."""

    reason = forms.CharField(label=_("why it is printed again"), max_length=120)
    field_order = ["reason", "first", "last", "serials", "kind", "preset"]


class BindForm(WhichForm):
    """To which batch."""

    batch = forms.ModelChoiceField(label=_("batch"), queryset=Batch.objects.none())
    field_order = ["batch"]

    def __init__(self, *args: Any, run: PrintRun, **options: Any) -> None:
        super().__init__(*args, **options)
        batches = Batch.objects.filter(product=run.product_id, recalled_at=None)
        self.fields["batch"].queryset = batches  # type: ignore[attr-defined]


class VoidSomeForm(WhichForm):
    """Which, and why."""

    reason = forms.CharField(label=_("why it is voided"), max_length=120)
    field_order = ["reason"]


class FillCartonsForm(WhichForm):
    """How many packages a carton holds."""

    batch = forms.ModelChoiceField(label=_("batch"), queryset=Batch.objects.none())
    capacity = forms.IntegerField(
        label=_("packages a carton"), min_value=1, max_value=MOST_IN_ONE, initial=20
    )
    field_order = ["batch", "capacity"]

    def __init__(self, *args: Any, run: PrintRun, **options: Any) -> None:
        super().__init__(*args, **options)
        batches = Batch.objects.filter(pk__in=run.codes.values("batch"))
        self.fields["batch"].queryset = batches  # type: ignore[attr-defined]
        self.fields["batch"].initial = run.batch_id


class NewCartonsForm(forms.Form):
    """Empty cartons for a batch."""

    batch = forms.ModelChoiceField(label=_("batch"), queryset=Batch.objects.filter(recalled_at=None))
    capacity = forms.IntegerField(
        label=_("packages a carton"), min_value=1, max_value=MOST_IN_ONE, initial=20
    )
    count = forms.IntegerField(label=_("how many cartons"), min_value=1, max_value=MOST_AT_ONCE, initial=1)


class PackForm(forms.Form):
    """What goes in."""

    serials = SerialsField(
        label=_("codes"), help_text=_("One per line: scan each package as it goes into the carton.")
    )


class UnpackForm(forms.Form):
    """What comes out."""

    serials = SerialsField(label=_("codes"), required=False, help_text=_("Empty: everything."))
    reason = forms.CharField(label=_("reason"), max_length=120, required=False)


class ReplaceForm(forms.Form):
    """What comes out, what goes in its place, and why."""

    old = SerialField(label=_("comes out"))
    new = SerialField(label=_("goes in"))
    reason = forms.CharField(label=_("reason"), max_length=120)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("reason"), max_length=120)
