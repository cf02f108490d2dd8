"""Forms of pre-sales: what is promised, the terms, a delay, a reason."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from brand.back_office.slugs import TitledForm

# fixed by the first booking
PROMISED = {
    "region", "base", "crop", "article", "harvest_from", "harvest_to", "deposit", "deposit_kept",
    "balance_days",
}  # fmt: skip


class TermsForm(forms.Form):
    """The terms buyers accept."""

    text = forms.CharField(label=gettext_lazy("terms"), max_length=6000, widget=forms.Textarea({"rows": 16}))


class DelayForm(forms.Form):
    """When it is harvested now, and why."""

    now_from = forms.DateField(label=gettext_lazy("harvest from"), widget=forms.DateInput({"type": "date"}))
    now_to = forms.DateField(label=gettext_lazy("harvest until"), widget=forms.DateInput({"type": "date"}))
    reason = forms.CharField(
        label=gettext_lazy("reason"),
        max_length=200,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Every buyer reads it as it stands here."),
    )


class ReasonForm(forms.Form):
    """Why it is cancelled."""

    reason = forms.CharField(
        label=gettext_lazy("reason"),
        max_length=200,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Every buyer reads it as it stands here."),
    )


class PresaleForm(TitledForm):
    """What was promised to somebody stays as it is."""

    def clean(self) -> dict[str, Any]:
        """Refuse a change of what the first booking fixed.

        Raises:
            ValidationError: it would change what a buyer accepted.
        """
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.instance.pk and self.instance.booked:
            for name in sorted(PROMISED.intersection(self.changed_data)):
                self.add_error(name, _("Fixed: somebody booked on it. A later harvest is told as a delay."))
        if self.instance.pk and (cleaned.get("cap") or 0) < self.instance.booked:
            self.add_error("cap", _("%(booked)d are booked already.") % {"booked": self.instance.booked})
        return cleaned
