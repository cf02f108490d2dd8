"""The form of a letter. A name is free; the words are not."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lib.files_field import FilesField
from openness.letters.models import LetterKind
from openness.letters.receiving import MOST_FILES

FEWEST_SIGNS = 10
BOX_KINDS = (LetterKind.SUGGESTION, LetterKind.QUESTION, LetterKind.REPORT)


class LetterForm(forms.Form):
    """What somebody has to say."""

    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=[(kind.value, kind.label) for kind in BOX_KINDS],
        widget=forms.RadioSelect,
        initial=LetterKind.SUGGESTION,
    )
    words = forms.CharField(
        label=_("In your words"),
        min_length=FEWEST_SIGNS,
        max_length=2000,
        widget=forms.Textarea({"rows": 7}),
        help_text=_("What, where, when. With a report: what you saw yourself."),
    )
    papers = FilesField(
        most=MOST_FILES,
        label=_("Photos or papers"),
        required=False,
        help_text=_("Up to 5, 15 MB each. Where a photo was taken is erased from it."),
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=40,
        required=False,
        widget=forms.TextInput({"autocomplete": "name"}),
        help_text=_("You may leave it out, also with a report."),
    )
    contact = forms.CharField(
        label=_("Telephone or e-mail"),
        max_length=80,
        required=False,
        widget=forms.TextInput({"autocomplete": "tel"}),
        help_text=_(
            "If we may ask back or tell you of the answer. Only who answers letters sees it; a year after the"
            " answer it is erased."
        ),
    )

    def __init__(self, *args: Any, opinion: bool = False, **kwargs: Any) -> None:
        """Make the form of the box, or that of an opinion on a disclosure, which has no kinds."""
        super().__init__(*args, **kwargs)
        if opinion:
            del self.fields["kind"]


class ReceiptForm(forms.Form):
    """The receipt number of a letter."""

    receipt = forms.CharField(
        label=_("Receipt number"),
        max_length=16,
        widget=forms.TextInput(
            {
                "class": "code",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "placeholder": "7K4MQ-X2PRN",
            }
        ),
    )

    def clean_receipt(self) -> str:
        """Return it as it was given out, however it was typed."""
        signs = "".join(sign for sign in self.cleaned_data["receipt"].upper() if sign.isalnum())
        return f"{signs[:5]}-{signs[5:]}"
