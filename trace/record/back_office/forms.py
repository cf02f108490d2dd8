"""Forms of the acts on a batch and a code."""

from django import forms
from django.utils.translation import gettext_lazy as _

from record.codes.issuing import MOST_AT_ONCE
from record.codes.serials import InvalidSerial, parse_serial
from record.models import PrintRun
from record.pages.wording import sentence


class IssueForm(forms.Form):
    """How many codes."""

    quantity = forms.IntegerField(
        label=_("how many"), min_value=1, max_value=MOST_AT_ONCE, widget=forms.NumberInput({"step": 1})
    )
    pins = forms.ChoiceField(label=_("scratch PIN"), choices=PrintRun.Pins, required=False)

    def clean_pins(self) -> int:
        """Return how many digits; none without an answer."""
        return int(self.cleaned_data["pins"] or PrintRun.Pins.NONE)


class ActivateForm(forms.Form):
    """Which codes; all without a list."""

    serials = forms.CharField(
        label=_("only these codes"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One per line. Empty: every code of the batch."),
    )

    def clean_serials(self) -> list[str]:
        """Return the serials, each read tolerantly."""
        lines = [line for line in self.cleaned_data["serials"].splitlines() if line.strip()]
        try:
            return [parse_serial(line) for line in lines]
        except InvalidSerial as error:
            raise forms.ValidationError(str(sentence(error))) from error


class RecallForm(forms.Form):
    """Why, and what buyers should do."""

    reason = forms.CharField(label=_("why it is recalled"), max_length=200)
    advice = forms.CharField(
        label=_("what buyers should do"),
        max_length=200,
        required=False,
        help_text=_("Shown beside the reason. Empty: keep the package and return it where it was bought."),
    )


class VoidForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("why it is voided"), max_length=120)
