"""What a visitor may ask of a list of articles. Unknown values are ignored, not refused."""

from django import forms
from django.utils.translation import gettext_lazy as _

SORT_CHOICES = [
    ("", _("Newest")),
    ("sold", _("Sells best")),
    ("price", _("Lowest price")),
    ("-price", _("Highest price")),
    ("title", _("Name")),
]


class SearchForm(forms.Form):
    """Words and order."""

    q = forms.CharField(label=_("Search the hall"), required=False, max_length=80)
    sort = forms.ChoiceField(label=_("Sort by"), required=False, choices=SORT_CHOICES)

    def wanted(self) -> tuple[str, str]:
        """Return words and order; what cannot be understood counts as not given."""
        self.is_valid()
        return self.cleaned_data.get("q", "").strip(), self.cleaned_data.get("sort", "")
