"""The form an event is entered with: amounts as lines of text, photos straight from the phone."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateTimeInput

from record.events.items import InvalidItem, Item, parse_items
from record.events.uploads import FilesInput, PhotosField
from record.models import Batch, Event

_LINES = _("One per line: thing, amount, unit. 葱苗 41000 株")


class EventForm(WagtailAdminModelForm):
    """A new event."""

    inputs = forms.CharField(
        label=_("went in"), required=False, widget=forms.Textarea({"rows": 2}), help_text=_LINES
    )
    outputs = forms.CharField(
        label=_("came out"), required=False, widget=forms.Textarea({"rows": 2}), help_text=_LINES
    )
    photos = PhotosField(label=_("photos"), required=False, widget=FilesInput({"accept": "image/*"}))
    caption = forms.CharField(label=_("what the photos show"), max_length=80, required=False)

    class Meta:
        model = Event
        fields: tuple[str, ...] = (
            "batch",
            "stage",
            "step",
            "title",
            "at",
            "place",
            "actor",
            "responsible",
            "attested_by",
            "note",
        )
        widgets = {"at": AdminDateTimeInput(), "note": forms.Textarea({"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("at", timezone.localtime().replace(second=0, microsecond=0))
        if batch := self.fields.get("batch"):
            batch.queryset = Batch.objects.select_related("product")
            batch.label_from_instance = lambda each: f"{each.lot} · {each.product}"

    def clean_inputs(self) -> list[Item]:
        """Read the lines."""
        return _items(self.cleaned_data["inputs"])

    def clean_outputs(self) -> list[Item]:
        """Read the lines."""
        return _items(self.cleaned_data["outputs"])

    def facts(self) -> dict[str, Any]:
        """Return what was entered, as arguments of `record_event` (photos apart)."""
        apart = {"photos", "caption", "batch", "reason"}
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}


class CorrectionForm(EventForm):
    """What should have been recorded, and why it was not."""

    reason = forms.CharField(label=_("why it is corrected"), max_length=200)

    class Meta(EventForm.Meta):
        fields = tuple(name for name in EventForm.Meta.fields if name != "batch")


def as_lines(items: Iterable[Item]) -> str:
    """Return items as the form shows them."""
    return "\n".join(item.line for item in items)


def _items(text: str) -> list[Item]:
    try:
        return parse_items(text)
    except InvalidItem as error:
        raise forms.ValidationError(_("A line is too long: {line}").format(line=str(error)[:40])) from error
