"""The forms of the trademark register."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from brand.models import Filing, Trademark
from brand.trademarks.terms import last_day
from lib.nice import class_choices


class FilingForm(WagtailAdminModelForm):
    """A filing; where a registration has no last day, ten years are filled in."""

    nice_class = forms.TypedChoiceField(label=_("class"), choices=class_choices, coerce=int)

    def clean(self) -> dict[str, Any]:
        """Fill in the last day."""
        cleaned: dict[str, Any] = super().clean()
        registered_on = cleaned.get("registered_on")
        if cleaned.get("state") == Filing.State.REGISTERED and registered_on:
            cleaned["expires_on"] = cleaned.get("expires_on") or last_day(registered_on)
        return cleaned


class ClassesForm(forms.Form):
    """In which classes a trademark is filed."""

    classes = forms.TypedMultipleChoiceField(
        label=_("classes"),
        choices=class_choices,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Classes in which it has been filed are not listed."),
        error_messages={"required": _("Choose at least one class.")},
    )
    applied_on = forms.DateField(
        label=_("applied on"),
        required=False,
        widget=AdminDateInput,
        help_text=_("Empty: they are entered as planned, and the public does not see them."),
    )

    def __init__(self, *args: Any, trademark: Trademark, taken: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.trademark = trademark
        free = [(number, label) for number, label in class_choices() if number not in taken]
        self.fields["classes"].choices = free  # type: ignore[attr-defined]

    def clean_applied_on(self) -> date | None:
        """Refuse a day to come."""
        day: date | None = self.cleaned_data["applied_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("This day is still to come."))
        return day


class RenewForm(forms.Form):
    """The proof that the office renewed a registration."""

    note = forms.CharField(
        label=_("number of the proof of renewal"),
        max_length=120,
        help_text=_("Or what else shows that the office has renewed it."),
    )
