"""What people fill in: who comes, the code from the SMS, the number at the door."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from brand.models import Member
from lib.phone import InvalidPhone, normalise_phone


class PhoneField(forms.CharField):
    """A mobile number, however typed; cleaned to E.164."""

    widget = forms.TextInput({"type": "tel", "autocomplete": "tel", "inputmode": "tel"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=24, label=_("Mobile number"), **kwargs)

    def clean(self, value: Any) -> str:
        """Return the number; refuse what cannot be one."""
        typed: str = super().clean(value)
        try:
            return normalise_phone(typed) if typed else ""
        except InvalidPhone as error:
            raise forms.ValidationError(str(error)) from error


class SignUpForm(forms.Form):
    """Who comes. Whoever is signed in gives no number: the account has one, or is told on the site."""

    name = forms.CharField(
        label=_("Your name"), max_length=40, widget=forms.TextInput({"autocomplete": "name"})
    )
    phone = PhoneField(help_text=_("We send a code there now, and tell you when something changes."))
    member = forms.ModelChoiceField(
        label=_("You come for"), queryset=Member.objects.none(), required=False, empty_label=_("myself")
    )

    def __init__(
        self, *args: Any, user: User | None, members: list[Member], members_only: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if user is not None:
            del self.fields["phone"]
            self.fields["name"].initial = user.get_full_name()
        if not members:
            del self.fields["member"]
            return
        choice = self.fields["member"]
        choice.queryset = Member.objects.filter(pk__in=[member.pk for member in members])  # type: ignore[attr-defined]
        choice.initial = members[0].pk if members_only or len(members) == 1 else None
        if members_only:
            choice.required, choice.empty_label = True, None  # type: ignore[attr-defined]


class CodeForm(forms.Form):
    """The six digits of the SMS."""

    code = forms.CharField(
        label=_("Code from the SMS"),
        max_length=12,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}),
    )


class DoorForm(forms.Form):
    """The number somebody signed up with."""

    phone = PhoneField(help_text=_("The number you signed up with."))
