"""The form of an activity."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from brand.back_office.product_form import drawings
from brand.back_office.slugs import TitledForm

RESERVED = {"mine"}  # an address of its own below /brand/activities/


class ActivityForm(TitledForm):
    """An activity; its drawing is chosen among those of the themes."""

    art = forms.ChoiceField(
        label=gettext_lazy("drawing"),
        choices=drawings,
        required=False,
        help_text=gettext_lazy("Shown where there is no picture."),
    )

    def clean_slug(self) -> str:
        """Refuse addresses that lead elsewhere."""
        slug = super().clean_slug()
        if slug in RESERVED:
            raise forms.ValidationError(_("This address is taken by a page of the site."))
        return slug

    def clean(self) -> dict[str, Any]:
        """Refuse a place too few for those who have one, and a capacity of nobody."""
        cleaned: dict[str, Any] = super().clean() or {}
        capacity = cleaned.get("capacity")
        if capacity == 0:
            self.add_error("capacity", _("Nobody could come. Leave it empty where there is no limit."))
        elif capacity is not None and capacity < self.instance.places_taken:
            self.add_error("capacity", _("More people have a place already than that."))
        until, begins = cleaned.get("sign_up_until"), cleaned.get("starts_at")
        if until and begins and until > begins:
            self.add_error("sign_up_until", _("Sign-up ends when it begins, at the latest."))
        return cleaned
