"""The form of a product: its drawing is chosen among those of the themes."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from brand.back_office.slugs import SluggedForm
from brand.themes import theme, themes
from lib.gtin import LENGTHS

Choices = list[tuple[str, Any]]


def drawings() -> Choices:
    """Return the drawings of every theme, grouped by county."""
    return [("", _("none")), *_groups()]


class GtinField(forms.CharField):
    """A GTIN as it stands under a bar code: spaces between its digits, zeros in front left out."""

    def to_python(self, value: Any) -> str | None:
        """Return 14 digits where there are 8, 12 or 13; anything else goes on as it is."""
        text: str | None = super().to_python("".join(value.split()) if value else value)
        return text.zfill(14) if text and text.isdigit() and len(text) in LENGTHS else text


class ProductForm(SluggedForm):
    """A product."""

    gtin = GtinField(
        label=_("GTIN"),
        required=False,
        empty_value=None,
        help_text=_(
            "The number under the bar code, with its check digit. Without one, codes carry the short link."
        ),
    )
    art = forms.ChoiceField(
        label=_("drawing"),
        choices=drawings,
        required=False,
        help_text=_("Shown where there is no picture. Of the product's own county."),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a member of another county."""
        cleaned: dict[str, Any] = super().clean()
        region, member = cleaned.get("region"), cleaned.get("member")
        if region and member and member.region_id != region.pk:
            self.add_error("member", _("This member belongs to another county."))
        return cleaned


def _groups() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for slug in themes():
        look = theme(slug)
        yield look.name, list(look.drawings.items())
