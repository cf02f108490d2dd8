"""The form of a report, as a buyer fills it in on a phone."""

from django import forms
from django.utils.translation import gettext_lazy as _

from record.events.uploads import FilesInput, PhotosField, Picture
from record.models import ConsumerReport
from record.reports.receive import MOST_PHOTOS


class ReportForm(forms.Form):
    """What is wrong, in words, with photos; whom to call back only if the buyer wants that."""

    kind = forms.ChoiceField(label=_("what is wrong"), choices=ConsumerReport.Kind, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("in words"),
        max_length=1000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("What you saw, when and where you bought it."),
    )
    photos = PhotosField(
        label=_("photos"),
        required=False,
        widget=FilesInput({"accept": "image/*"}),
        help_text=_("Up to five: the goods, the package, the code on it. Where a phone took them is erased."),
    )
    contact = forms.CharField(
        label=_("phone or e-mail, if you want to be called back"),
        max_length=60,
        required=False,
        widget=forms.TextInput({"autocomplete": "tel"}),
        help_text=_(
            "Only who handles the report sees it. Without it you read the answer under your receipt number."
        ),
    )

    def clean_photos(self) -> list[Picture]:
        """Take no more than are looked at.

        Raises:
            ValidationError: too many.
        """
        photos: list[Picture] = self.cleaned_data["photos"]
        if len(photos) > MOST_PHOTOS:
            raise forms.ValidationError(_("Up to 5 photos."))
        return photos


class ReceiptForm(forms.Form):
    """The receipt number of a report."""

    number = forms.CharField(
        label=_("receipt number"),
        max_length=24,
        widget=forms.TextInput({"class": "code", "autocomplete": "off", "autocapitalize": "characters"}),
    )
