"""The forms of signing in, signing up and getting a new password. All take a phone number or an e-mail."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.fields import PasswordField
from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
    SignupForm,
)
from django import forms
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.fields import SignInNameField
from accounts.models import User

NEW_PASSWORD = _("At least 8 characters, not only digits, and none that everybody uses.")


class _Plain:
    """Labels instead of placeholders, and one line of advice on a new password instead of a list."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field, PasswordField):
                field.help_text = NEW_PASSWORD if name == "password1" else ""


class SignInForm(_Plain, LoginForm):
    """Phone number or e-mail, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = SignInNameField()
        self.fields["remember"].label = _("Keep me signed in on this device")
        self.order_fields(["login", "password", "remember"])


class SignUpForm(_Plain, SignupForm):
    """One of phone number and e-mail, a password, and consent to the privacy notice.

    Exactly one way to be reached is taken here: with two, the message to the first would tell a stranger
    whether the second has an account.
    """

    field_order = ("login", "password1", "privacy")
    login = SignInNameField()
    privacy = forms.BooleanField(error_messages={"required": _("Without this we cannot open an account.")})

    privacy_version = settings.PRIVACY_VERSION

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["email"], self.fields["phone"]
        link = format_html('<a href="{}">{}</a>', reverse_lazy("accounts:privacy"), _("privacy notice"))
        self.fields["privacy"].label = format_html(str(_("I have read the {} and agree")), link)

    def clean_login(self) -> str:
        """File what was typed under e-mail or phone, where allauth looks for it."""
        name: str = self.cleaned_data["login"]
        if "@" in name:
            self.cleaned_data["email"] = self.validate_unique_email(name)
        else:
            self.cleaned_data["phone"] = name
        return name

    def try_save(self, request: HttpRequest) -> tuple[User | None, Any]:
        """Make the account. If somebody took the name a moment ago, answer as if it had long been taken."""
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)


class PasswordResetForm(ResetPasswordForm):
    """Phone number or e-mail; the code goes there. The field keeps the name allauth reads."""

    email = SignInNameField()

    def clean_email(self) -> str:
        """Find who is meant, without telling."""
        name: str = self.cleaned_data["email"]
        if "@" in name:
            return str(super().clean_email())
        user = get_adapter().get_user_by_phone(name)
        self.users = [user] if user and user.is_active else []
        return name


class PasswordChangeForm(_Plain, ChangePasswordForm):
    """The old password and the new one."""


class NewPasswordForm(_Plain, ResetPasswordKeyForm):
    """The new password after a code."""


class FirstPasswordForm(_Plain, SetPasswordForm):
    """A password for an account that has none."""


class PasswordAgainForm(_Plain, ReauthenticateForm):
    """The password, before something that matters."""
