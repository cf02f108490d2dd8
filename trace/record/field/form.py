"""The form of the page in the field."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import zip_longest
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from brand.models import Member
from record.events.items import InvalidItem, Item, parse_items
from record.events.positions import PositionFields
from record.events.uploads import FilesInput, PhotosField, Picture
from record.models import Batch, Event

_APART = {"key", "batches", "photos", "caption"}


class FieldForm(PositionFields):
    """One event for one batch or several, as somebody enters it standing in a field."""

    data: QueryDict

    key = forms.UUIDField(widget=forms.HiddenInput)
    batches = forms.ModelMultipleChoiceField(
        Batch.objects.select_related("product__region"),
        error_messages={"required": _("Choose at least one batch.")},
    )
    stage = forms.ChoiceField(label=_("stage"), choices=Event.Stage)
    step = forms.ChoiceField(
        label=_("kind of work"),
        choices=[("", _("not said")), *Event.Step.choices],
        required=False,
    )
    title = forms.CharField(label=_("what was done"), max_length=60)
    at = forms.DateTimeField(
        label=_("when"),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    place = forms.CharField(label=_("where"), max_length=80, required=False)
    inputs = forms.CharField(label=_("went in"), max_length=500, required=False)
    outputs = forms.CharField(label=_("came out"), max_length=500, required=False)
    note = forms.CharField(label=_("note"), max_length=500, required=False)
    photos = PhotosField(label=_("photos"), required=False, widget=FilesInput({"accept": "image/*"}))
    caption = forms.CharField(label=_("what the photos show"), max_length=80, required=False)
    actor = forms.CharField(label=_("done by"), max_length=60, required=False)
    responsible = forms.ModelChoiceField(
        Member.objects.all(),
        label=_("responsible party"),
        required=False,
        empty_label=_("not said"),
    )
    attested_by = forms.CharField(label=_("attested by"), max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("inputs", "outputs", "note"):
            self.fields[name].widget = forms.Textarea({"rows": 2})
        now = timezone.localtime().replace(second=0, microsecond=0)
        self.initial.setdefault("at", now)

    def offer(self, members: list[Member]) -> None:
        """Offer these as responsible parties. The form takes any: a phone may know one that has left."""
        options = [("", _("not said")), *((member.pk, member.name) for member in members)]
        self.fields["responsible"].widget.choices = options

    def renew_key(self) -> None:
        """Give the form another key when it is shown again."""
        self.data = self.data.copy()
        self.data["key"] = str(uuid4())

    def clean_photos(self) -> list[Picture]:
        """Take the phone's word for when a photo was taken where the picture does not say."""
        said = [_moment(text) for text in self.data.getlist("taken")]
        pairs = zip_longest(self.cleaned_data["photos"], said[: len(self.cleaned_data["photos"])])
        return [replace(picture, taken_at=picture.taken_at or when) for picture, when in pairs]

    def clean_inputs(self) -> list[Item]:
        """Read the lines."""
        return _items(self.cleaned_data["inputs"])

    def clean_outputs(self) -> list[Item]:
        """Read the lines."""
        return _items(self.cleaned_data["outputs"])

    def facts(self) -> dict[str, Any]:
        """Return what was entered, as arguments of `record_work` (key, batches and photos apart)."""
        return {name: value for name, value in self.cleaned_data.items() if name not in _APART}


def _moment(milliseconds: str) -> datetime | None:
    """Return a moment of JavaScript, or None for what cannot be one or has not been yet."""
    try:
        moment = datetime.fromtimestamp(int(milliseconds) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment if moment <= timezone.now() else None


def _items(text: str) -> list[Item]:
    try:
        return parse_items(text)
    except InvalidItem as error:
        raise forms.ValidationError(_("A line is too long: {line}").format(line=str(error)[:40])) from error
