"""Forms of the acts on an application."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from brand.licences.applications.review import REMARKABLE
from brand.licences.site_checks.models import POINTS, Finding
from lib.pictures import NotAPicture, read_picture

FIELDS = {
    "brand_name": _("Remark on the brand"),
    "products": _("Remark on the products"),
    "trademark_classes": _("Remark on the classes"),
    "uses": _("Remark on the uses"),
    "purpose": _("Remark on the purpose"),
    "papers": _("Remark on the papers"),
}


def _words(label: Any, *, most: int = 1000, rows: int = 2, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea({"rows": rows}), **options)


class SeenForm(forms.Form):
    """Carries the version of the application that the officer looked at."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, version: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["seen"] = version


class AcceptForm(SeenForm):
    """A note for the office."""

    note = forms.CharField(label=_("note"), max_length=300, required=False)


class SendBackForm(SeenForm):
    """What is to be corrected, beside the field it is about, and in general."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in REMARKABLE:
            self.fields[field] = _words(FIELDS[field], most=500, required=False)
        self.fields["note"] = _words(_("In general"), most=500, required=False)

    def remarks(self) -> dict[str, str]:
        """Return the remarks by field."""
        return {field: self.cleaned_data[field] for field in REMARKABLE}


class SeveralFiles(forms.ClearableFileInput):
    """Chooses several files."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several photos, encoded anew, without what a camera adds."""

    widget = SeveralFiles({"accept": "image/*"})

    def clean(self, data: Any, initial: Any = None) -> list[ContentFile]:
        """Return the pictures.

        Raises:
            ValidationError: one is none.
        """
        return list(self._read([file for file in data or [] if file]))

    def _read(self, files: list[Any]) -> Iterator[ContentFile]:
        for file in files:
            try:
                yield read_picture(file)
            except NotAPicture as error:
                raise forms.ValidationError(f"{file.name}: {error.reason}") from error


class SiteCheckForm(SeenForm):
    """The record of a visit: a line per point, photos, the result."""

    checked_on = forms.DateField(
        label=_("day of the visit"), initial=timezone.localdate, widget=AdminDateInput
    )
    place = forms.CharField(label=_("place"), max_length=120)
    checked_by = forms.CharField(
        label=_("who was there"),
        max_length=120,
        help_text=_("Everybody who checked, and who received them."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for key, words in POINTS.items():
            self.fields[f"point_{key}"] = forms.ChoiceField(
                label=str(words), choices=Finding.choices, widget=forms.RadioSelect
            )
        self.fields["words"] = _words(_("in words"), most=2000, rows=3, required=False)
        self.fields["photos"] = PhotosField(
            label=_("photos"), required=False, help_text=_("Several at once, up to 15 MB each.")
        )
        self.fields["passed"] = forms.ChoiceField(
            label=_("result"),
            choices=[("yes", _("passed")), ("no", _("not passed: a second visit is needed"))],
            widget=forms.RadioSelect,
        )

    def findings(self) -> dict[str, str]:
        """Return what was found, by point."""
        return {key: self.cleaned_data[f"point_{key}"] for key in POINTS}


class PublishForm(SeenForm):
    """Nothing is asked."""


class GiveForm(SeenForm):
    """A deliberate tick: a licence is not given by a slip of the finger."""

    sure = forms.BooleanField(label=_("I have read the application, the site check and the objections."))


class RefuseForm(SeenForm):
    """Why."""

    reason = _words(_("reason"), help_text=_("The member reads it."))


class AnswerForm(forms.Form):
    """Whether an objection is justified, and the answer."""

    upheld = forms.ChoiceField(
        label=_("what was found"),
        choices=[("no", _("not justified")), ("yes", _("justified: the licence is not given like this"))],
        widget=forms.RadioSelect,
    )
    answer = _words(
        _("answer"),
        most=2000,
        rows=4,
        help_text=_("Whoever objected reads it. Name what was checked."),
    )
