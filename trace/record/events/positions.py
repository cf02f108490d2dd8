"""Positions: where on earth a phone says it is, as forms send it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_METRE = Decimal("0.00001")  # of a degree: what a phone can tell at best


class PositionFields(forms.Form):
    """Latitude and longitude in degrees (WGS 84), both or neither."""

    latitude = forms.DecimalField(
        required=False, min_value=-90, max_value=90, widget=forms.HiddenInput, localize=False
    )
    longitude = forms.DecimalField(
        required=False, min_value=-180, max_value=180, widget=forms.HiddenInput, localize=False
    )

    def clean(self) -> dict[str, Any]:
        """Round to the metre; half a position is none."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        latitude, longitude = cleaned.get("latitude"), cleaned.get("longitude")
        if (latitude is None) != (longitude is None):
            raise forms.ValidationError(_("The position lacks its latitude or its longitude."))
        if latitude is not None and longitude is not None:
            cleaned |= {"latitude": latitude.quantize(_METRE), "longitude": longitude.quantize(_METRE)}
        return cleaned
