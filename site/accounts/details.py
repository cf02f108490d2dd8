"""Small forms of the account pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class NameForm(forms.ModelForm):
    """How the person is called."""

    class Meta:
        model = User
        fields = ["last_name", "first_name"]
        labels = {"last_name": _("Family name"), "first_name": _("Given name")}
        widgets = {
            "last_name": forms.TextInput(attrs={"autocomplete": "family-name"}),
            "first_name": forms.TextInput(attrs={"autocomplete": "given-name"}),
        }


class DeletionForm(forms.Form):
    """One tick, so that nobody deletes an account by a slip of the thumb."""

    sure = forms.BooleanField(
        label=_("Delete my account. I know that it cannot be brought back."),
        error_messages={"required": _("Tick this first.")},
    )
