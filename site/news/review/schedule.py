"""When a post goes live: a moment that is still to come. Times are those of settings.TIME_ZONE."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _


class ToCome(forms.ModelForm):
    """Refuses a moment that has passed; one that was set earlier and has come since may stay."""

    def clean(self) -> Any:
        """Look at the moment that was typed."""
        cleaned = super().clean()
        moment = self.cleaned_data.get("go_live_at")
        if moment and "go_live_at" in self.changed_data and moment <= timezone.now():
            says = _(
                "%(moment)s has passed. Choose a time to come, or none: then it goes live when approved."
            )
            self.add_error("go_live_at", says % {"moment": f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"})
        return cleaned
