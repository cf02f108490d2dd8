"""The form of an application. It takes whatever is typed: what is wrong is said, never thrown away."""

from typing import Any, cast

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from brand.members.models import Member
from brand.membership.drafts import TYPED
from brand.membership.models import MembershipApplication
from lib.credit_code import canonical_credit_code

_LONG = {"goods", "about"}
_ATTRIBUTES: dict[str, dict[str, str]] = {
    "name": {"autocomplete": "organization"},
    "credit_code": {
        "class": "code",
        "autocomplete": "off",
        "autocapitalize": "characters",
        "spellcheck": "false",
    },
    "legal_person": {"autocomplete": "off"},
    "town": {"autocomplete": "off"},
    "address": {"autocomplete": "street-address"},
    "public_phone": {"inputmode": "tel", "autocomplete": "off"},
    "contact_name": {"autocomplete": "name"},
    "contact_phone": {"inputmode": "tel", "autocomplete": "tel"},
    "contact_email": {"inputmode": "email", "autocomplete": "email"},
}
_HELP = {
    "name": _("Word for word as on the licence. A household writes the name of who runs it."),
    "credit_code": _("18 characters on the licence. A household without one leaves it empty."),
    "town": _("Such as 店上镇. People look for members by it."),
    "goods": _("What, on how much land or in which workshop, for how long already."),
    "output": _("About: 200 tonnes of scallions."),
    "own_brand": _("If you have one. It may stand beside the regional brand."),
    "certifications": _("Green food, organic, SC: what you hold, and until when."),
    "about": _("Two or three sentences that everybody may read."),
    "public_phone": _("Everybody may call it. Leave it empty and none is shown."),
    "contact_name": _("Only the association sees who this is and the number."),
    "contact_email": _("If you have one."),
}


def _field(name: str) -> forms.Field:
    model_field = cast("models.Field", MembershipApplication._meta.get_field(name))
    facts: dict[str, Any] = {
        "label": model_field.verbose_name,
        "required": False,
        "help_text": _HELP.get(name, ""),
    }
    if name == "kind":
        return forms.ChoiceField(choices=Member.Kind, widget=forms.RadioSelect, **facts)
    widget: forms.Widget = forms.TextInput(_ATTRIBUTES.get(name, {}))
    if name in _LONG:
        widget = forms.Textarea({"rows": 4})
    return forms.CharField(max_length=model_field.max_length, widget=widget, **facts)


class ApplicationForm(forms.Form):
    """Everything an applicant types, and the version of the application it was typed over."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    promised = forms.BooleanField(
        label=_("What stands here is true. We keep to the rules of the brand and let the association check."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in TYPED:
            if name != "promised":
                self.fields[name] = _field(name)

    def clean_credit_code(self) -> str:
        """Return the code as it is printed, however it was typed."""
        return canonical_credit_code(self.cleaned_data["credit_code"])

    def typed(self) -> dict[str, Any]:
        """Return what can be kept; a text that is too long stays in its field with an error."""
        return {name: self.cleaned_data[name] for name in TYPED if name in self.cleaned_data}


def form_of(application: MembershipApplication) -> ApplicationForm:
    """Return the form as the application stands."""
    values = {name: getattr(application, name) for name in TYPED}
    return ApplicationForm(initial=values | {"version": application.version})
