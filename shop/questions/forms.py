"""The form of a question."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.questions.models import LONGEST


class QuestionForm(forms.Form):
    """What somebody wants to know."""

    text = forms.CharField(
        label=_("Your question"),
        min_length=4,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4}),
        help_text=_(
            "About the goods, not about your order. Leave out names and numbers: everybody reads it."
        ),
    )
