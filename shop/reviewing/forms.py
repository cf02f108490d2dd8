"""The form of a review, as a buyer fills it in on a phone."""

from django import forms
from django.utils.translation import gettext_lazy as _

from record.events.uploads import FilesInput, PhotosField, Picture
from shop.catalogue.reviews.models import LONGEST
from shop.reviewing.writing import MOST_PHOTOS

STARS = (
    (5, _("very good")),
    (4, _("good")),
    (3, _("so-so")),
    (2, _("not good")),
    (1, _("bad")),
)


class ReviewForm(forms.Form):
    """What it was like, with photos."""

    score = forms.TypedChoiceField(
        label=_("What was it like"), choices=STARS, coerce=int, widget=forms.RadioSelect
    )
    body = forms.CharField(
        label=_("in words"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("How it arrived, how it tastes, how you used it. Others decide by it."),
    )
    photos = PhotosField(
        label=_("photos"),
        required=False,
        widget=FilesInput({"accept": "image/*"}),
        help_text=_("Up to six. Where and with what a phone took them is erased."),
    )
    hidden = forms.BooleanField(label=_("Do not show the first character of my name"), required=False)

    def clean_photos(self) -> list[Picture]:
        """Take no more than are shown.

        Raises:
            ValidationError: too many.
        """
        photos: list[Picture] = self.cleaned_data["photos"]
        if len(photos) > MOST_PHOTOS:
            raise forms.ValidationError(_("Up to 6 photos."))
        return photos
