"""Oscar's checkout forms; the first one takes a guest's e-mail and no password."""

from django import forms
from django.utils.translation import gettext_lazy as _
from oscar.apps.checkout.forms import *  # noqa: F403


class GatewayForm(forms.Form):
    """Where the confirmation of a guest's order goes. Oscar's view asks it what the visitor wants."""

    username = forms.EmailField(
        label=_("E-mail for the confirmation"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def clean_username(self) -> str:
        """Return the address in lower case."""
        return str(self.cleaned_data["username"]).lower()

    def is_guest_checkout(self) -> bool:
        """Say that everybody who fills this in is a guest."""
        return True

    def is_new_account_checkout(self) -> bool:
        """Say that accounts are made elsewhere."""
        return False
