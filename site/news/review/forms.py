"""What a reviewer writes with a decision."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_COMMENT = 1000


class CommentForm(forms.Form):
    """A word with an approval, or none."""

    comment = forms.CharField(
        label=_("A word to who wrote it"),
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea({"rows": 3}),
    )


class SendBackForm(CommentForm):
    """What is to change: nobody can work with a mere no."""

    comment = forms.CharField(
        label=_("What is to change"),
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Say what is to change, so that it can be changed.")},
    )
