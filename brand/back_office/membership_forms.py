"""The forms of a review. `seen` is the version of the application that the officer looked at."""

from typing import Any

from django import forms
from django.core.validators import validate_slug
from django.utils.translation import gettext_lazy as _

from brand.membership.models import MembershipApplication
from brand.membership.sections import SECTIONS, label_of

_REMARK = "remark-"


class _Seen(forms.Form):
    seen = forms.IntegerField(widget=forms.HiddenInput)


class ReturnForm(_Seen):
    """What to put right, field by field, and in general."""

    note = forms.CharField(
        label=_("In general"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Stands above the form. What concerns one field is better written beside it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in (field for section in SECTIONS for field in section.fields):
            self.fields[f"{_REMARK}{field}"] = forms.CharField(
                label=_("Remark on: %(field)s") % {"field": label_of(field)},
                required=False,
                max_length=300,
                widget=forms.Textarea({"rows": 2, "form": "return"}),
            )

    def remarks(self) -> dict[str, str]:
        """Return the remarks by field."""
        return {
            name.removeprefix(_REMARK): text
            for name, text in self.cleaned_data.items()
            if name.startswith(_REMARK)
        }

    def remark_on(self, field: str) -> forms.BoundField:
        """Return the form field for a remark."""
        return self[f"{_REMARK}{field}"]


class ApproveForm(_Seen):
    """Where the new member's page will be."""

    slug = forms.CharField(
        label=_("Address of the member's page"),
        max_length=64,
        validators=[validate_slug],
        help_text=_("Part of the address, in small letters, digits and dashes: zhangjiahe-coop."),
    )


class RefuseForm(_Seen):
    """Why it is refused."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The applicant reads it. Say which rule, and what would have to change."),
    )


class NoteForm(forms.Form):
    """A note among officers."""

    text = forms.CharField(
        label=_("Note"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Only officers read it."),
    )


def seen_of(application: MembershipApplication) -> dict[str, int]:
    """Return the initial value of `seen`."""
    return {"seen": application.version}
