"""Form fields for what people sign in with; they clean to the one spelling."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from lib.phone import InvalidPhone, normalise_phone


class PhoneField(forms.CharField):
    """A mobile number, typed in any usual way."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"inputmode": "tel", "autocomplete": "tel"}
        kwargs.setdefault("label", _("Mobile number"))
        kwargs.setdefault("widget", forms.TextInput(attrs=attributes))
        kwargs.setdefault("max_length", 32)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        """Return the number in E.164 form, or what stands for none.

        Raises:
            ValidationError: required and missing, or no such number.
        """
        typed = super().clean(value)
        try:
            return normalise_phone(typed) if typed else ""
        except InvalidPhone as error:
            raise ValidationError(str(error), code="invalid") from error


class SignInNameField(forms.CharField):
    """A mobile number or an e-mail address."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        kwargs.setdefault("label", _("Mobile number or e-mail"))
        kwargs.setdefault("widget", forms.TextInput(attrs=attributes))
        kwargs.setdefault("max_length", 254)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        """Return the number in E.164 form or the address in lower case.

        Raises:
            ValidationError: neither.
        """
        typed = super().clean(value).strip()
        try:
            if "@" in typed:
                validate_email(typed)
                return typed.lower()
            return normalise_phone(typed)
        except (InvalidPhone, ValidationError):
            raise ValidationError(
                _("This is neither a mobile number nor an e-mail address. Numbers look like 138 0000 1234."),
                code="invalid",
            ) from None
