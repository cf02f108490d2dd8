"""What an officer fills in."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PlainForm(forms.Form):
    """Nothing to fill in."""


class WhyForm(forms.Form):
    """The reason, which is read by whom it concerns."""

    why = forms.CharField(
        label=pgettext_lazy("talent pool", "reason"), max_length=200, help_text=_("Read by whom it concerns.")
    )
