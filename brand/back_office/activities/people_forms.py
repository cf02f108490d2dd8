"""What the organiser fills in on the page of the people."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from brand.models import Member, Region
from lib.phone import InvalidPhone, normalise_phone


class WriteInForm(forms.Form):
    """Somebody written in by hand."""

    name = forms.CharField(label=_("name"), max_length=40)
    phone = forms.CharField(
        label=_("mobile number"),
        max_length=24,
        required=False,
        help_text=_("Without one nothing can be told, and the person cannot check in alone."),
    )
    member = forms.ModelChoiceField(
        label=_("member"), queryset=Member.objects.none(), required=False, help_text=_("For which company.")
    )

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = region.members.all()  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        """Return the number in one spelling."""
        typed: str = self.cleaned_data["phone"]
        try:
            return normalise_phone(typed) if typed else ""
        except InvalidPhone as error:
            raise forms.ValidationError(str(error)) from error


class CallOffForm(forms.Form):
    """Why an activity is called off."""

    why = forms.CharField(
        label=_("why"),
        max_length=200,
        help_text=_("People read it in the SMS and on the page: one sentence."),
    )
