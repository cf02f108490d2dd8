"""Forms of the papers of a batch: the 合格证, a residue test, a laboratory report, printing."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from record.back_office.uploads import PaperField, PictureField
from record.models import ConformityCertificate, LaboratoryReport, ResidueTest
from record.papers.certificates import FIELDS
from record.slips import DEFAULT_SLIP_PRESET, SLIP_PRESETS
from record.slips.presets import MOST_SLIPS

# the browser's own pickers: at home on a phone in a packing hall
_DAY = {"type": "date"}
_TIME = {"type": "datetime-local"}
_TIME_FORMAT = "%Y-%m-%dT%H:%M"


class CertificateForm(forms.ModelForm):
    """The eight fields of a 合格证."""

    class Meta:
        model = ConformityCertificate
        fields = FIELDS
        widgets = {
            "promises": forms.Textarea({"rows": 3}),
            "issued_on": forms.DateInput(_DAY, format="%Y-%m-%d"),
        }


class WithdrawForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("why it was withdrawn"), max_length=200)


class TestForm(forms.ModelForm):
    """A residue test, with a photo of what the device shows."""

    __test__ = False  # pytest: this is no test

    photo = PictureField(label=_("photo of the result"), required=False)

    class Meta:
        model = ResidueTest
        fields = ("sample", "inhibition", "method", "standard", "tested_at", "tested_by")
        widgets = {
            "tested_at": forms.DateTimeInput(_TIME, format=_TIME_FORMAT),
            "inhibition": forms.NumberInput({"step": "0.01", "inputmode": "decimal"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("tested_at", timezone.localtime().replace(second=0, microsecond=0))


class ReportForm(forms.ModelForm):
    """A laboratory report with its paper."""

    document = PaperField(label=_("the report as PDF or photo"))

    class Meta:
        model = LaboratoryReport
        fields = ("number", "laboratory", "issued_on", "result")
        widgets = {"issued_on": forms.DateInput(_DAY, format="%Y-%m-%d")}


class PrintForm(forms.Form):
    """On which sheet, and how many."""

    preset = forms.ChoiceField(
        label=_("sheet"),
        choices=[(preset.name, preset.label) for preset in SLIP_PRESETS.values()],
        initial=DEFAULT_SLIP_PRESET,
    )
    count = forms.IntegerField(
        label=_("how many"),
        min_value=1,
        max_value=MOST_SLIPS,
        initial=SLIP_PRESETS[DEFAULT_SLIP_PRESET].per_page,
    )
