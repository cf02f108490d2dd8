"""What somebody wants to take away of the readings of a base."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemetry.downloads import LONGEST, Step
from telemetry.live.metric_faces import Face

USUAL = timedelta(days=7)


class DownloadForm(forms.Form):
    """Metric, period and how fine; everything is in the address, so that a download can be repeated."""

    metric = forms.ChoiceField(label=gettext_lazy("What"), required=False)
    step = forms.ChoiceField(label=gettext_lazy("How fine"), choices=Step)
    first = forms.DateField(
        label=gettext_lazy("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label=gettext_lazy("To"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, faces: list[Face], today: date, **options: Any) -> None:
        usual = {"step": Step.HOUR, "first": today - USUAL, "last": today}
        super().__init__(*args, **{"initial": usual, "auto_id": "take-%s", "label_suffix": "", **options})
        self.keys = [face.key for face in faces]
        choices = [("", _("everything")), *((face.key, face.label) for face in faces)]
        self.fields["metric"].choices = choices  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins, or is longer than one download may be."""
        cleaned: dict[str, Any] = super().clean() or {}
        first, last, step = cleaned.get("first"), cleaned.get("last"), cleaned.get("step")
        if not (first and last and step):
            return cleaned
        if last < first:
            self.add_error("last", _("The end lies before the beginning."))
        elif last - first >= (longest := LONGEST[Step(step)]):
            text = _("At most %(days)s days at once this fine. Take a shorter time, or the days.")
            self.add_error("last", text % {"days": longest.days})
        return cleaned

    @property
    def metrics(self) -> list[str]:
        """The metrics asked for."""
        return [self.cleaned_data["metric"]] if self.cleaned_data["metric"] else self.keys
