"""Forms of the VI library."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from brand.back_office.slugs import TitledForm
from brand.models import VIAccess
from brand.vi.reading import ENDINGS

MOST_FILES = 20
TAKEN = {"basket", "agreement", "files", "download"}  # pages beside the assets under /brand/vi/


class VIAssetForm(TitledForm):
    """An asset: its category, its words, who may download."""

    def clean_slug(self) -> str:
        """Refuse what is another page's address."""
        slug = super().clean_slug()
        if slug in TAKEN:
            raise forms.ValidationError(_("This address is another page's. Choose another one."))
        return slug

    def clean(self) -> dict[str, Any]:
        """Refuse products of another county, and products where they would mean nothing."""
        cleaned: dict[str, Any] = super().clean()
        region, products = cleaned.get("region"), cleaned.get("products")
        if products and region and any(product.region_id != region.pk for product in products):
            self.add_error("products", _("These products belong to another county."))
        if products and cleaned.get("access") != VIAccess.LICENSEES:
            self.add_error("products", _("Products count for licensees only. Choose “licensees” above."))
        return cleaned


class _FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; each is judged by itself later."""

    widget = _FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Return the files.

        Raises:
            ValidationError: none, or too many at once.
        """
        files = [file for file in data or [] if file]
        if not files:
            raise forms.ValidationError(_("Choose at least one file."))
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("Up to 20 files at once."))
        return files


class UploadForm(forms.Form):
    """Files for the next version."""

    chosen = FilesField(
        label=_("Files"),
        widget=_FilesInput({"accept": ",".join(ENDINGS)}),
        help_text=_("SVG, AI, PDF, PNG, JPG, TIFF or ZIP; 200 MB in all. What each is, its content tells."),
    )


class PublishForm(forms.Form):
    """What changed, in words that members read."""

    notes = forms.CharField(
        label=_("what changed"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Printers read this: the seal is 2 mm larger, the green was corrected."),
    )


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Why"), widget=forms.Textarea({"rows": 2}), max_length=500)
