"""The form of an objection. Names are free; the words are not."""

from django import forms
from django.utils.translation import gettext_lazy as _

from brand.licences.publicity.objections import MOST_FILES
from lib.files_field import FilesField

FEWEST_WORDS = 10  # characters


class ObjectionForm(forms.Form):
    """What speaks against a licence."""

    words = forms.CharField(
        label=_("What speaks against it"),
        min_length=FEWEST_WORDS,
        max_length=2000,
        help_text=_("What you saw, where and when. The association looks into it before it decides."),
        widget=forms.Textarea({"rows": 6}),
    )
    papers = FilesField(
        most=MOST_FILES,
        label=_("Photos or papers"),
        required=False,
        help_text=_("Up to 5, 15 MB each."),
    )
    name = forms.CharField(label=_("Your name"), max_length=40, required=False)
    contact = forms.CharField(
        label=_("Telephone or e-mail"),
        max_length=80,
        required=False,
        help_text=_(
            "If we may ask back. Only the association sees it; it is erased a year after the answer."
        ),
    )
