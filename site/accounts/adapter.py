"""What allauth asks of us: phone numbers, messages through `notices`, one wording for every refusal."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from axes.utils import reset as forgive_failures
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.fields import PhoneField
from accounts.models import User
from lib.phone import InvalidPhone, normalise_phone
from notices.send import NotSent, send_notice

WRONG_SIGN_IN = _("Phone number, e-mail or password is not right.")


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by phone or e-mail. What a stranger is told never depends on whether an account exists."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": WRONG_SIGN_IN,
        "phone_password_mismatch": WRONG_SIGN_IN,
        "username_password_mismatch": WRONG_SIGN_IN,
        "too_many_login_attempts": _("Too many attempts. Wait a few minutes, or reset the password."),
        "incorrect_code": _("That code is not right. Look at the newest message."),
        "rate_limited": _("A code was sent a moment ago. Wait a little, then ask again."),
    }

    # --- phone numbers ----------------------------------------------------------------------------
    def phone_form_field(self, **kwargs: Any) -> PhoneField:
        """Return the field a phone number is typed into."""
        return PhoneField(**kwargs)

    def get_user_by_phone(self, phone: str) -> User | None:
        """Return the user with that number, however it is written."""
        try:
            return User.objects.filter(phone=normalise_phone(phone)).first()
        except InvalidPhone:
            return None

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        """Return the number and whether it is confirmed."""
        return (user.phone, user.phone_verified) if user.phone else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        """Store the number."""
        user.phone, user.phone_verified = phone, verified
        user.save(update_fields=["phone", "phone_verified"])

    def set_phone_verified(self, user: User, phone: str) -> None:
        """Store the number as confirmed; a changed number arrives here first."""
        self.set_phone(user, phone, True)

    def send_verification_code_sms(self, user: User, phone: str, code: str, **_more: Any) -> None:
        """Send the code that proves the number."""
        self._send("sign_in_code", phone, {"code": code}, user=user)

    def send_account_already_exists_sms(self, phone: str) -> None:
        """Tell the owner of a number that somebody signs up with it."""
        self._send("account_already_exists", phone, {})

    def send_unknown_account_sms(self, phone: str, **_more: Any) -> None:
        """Tell the owner of a number that it has no account."""
        self._send("unknown_account", phone, {})

    # --- messages ---------------------------------------------------------------------------------
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send allauth's message; a password reset may go to a phone number."""
        told = {name: value for name, value in context.items() if isinstance(value, str)}
        self._send(template_prefix.rpartition("/")[2], email, told, user=context.get("user"))

    def _send(self, kind: str, to: str, context: dict[str, str], user: User | None = None) -> None:
        """Send, and say so on the page when the gateway failed: the page offers to send again."""
        where = {"site": self.request.get_host()}
        try:
            send_notice(
                kind=kind,
                to=to,
                context=context | where,
                at=timezone.now(),
                user=user,
                secret="code" in context,
            )
        except NotSent:
            messages.error(self.request, _("The message could not be sent. Try again in a minute."))

    # --- people -----------------------------------------------------------------------------------
    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Save a new user with the phone number and the consent of the form, which the database demands."""
        user.phone = form.cleaned_data.get("phone")
        user.accept_privacy(version=form.privacy_version, at=timezone.now())
        return super().save_user(request, user, form, commit)

    def set_password(self, user: User, password: str) -> None:
        """Set the password; whoever could do that is no longer locked out."""
        super().set_password(user, password)
        for name in filter(None, (user.email, user.phone)):
            forgive_failures(username=name)

    def can_delete_email(self, email_address: EmailAddress) -> bool:
        """Keep the e-mail address of somebody who has no phone number to sign in with."""
        return not email_address.primary or bool(email_address.user.phone)

    def get_login_stages(self) -> list[str]:
        """Return the steps of a sign-in, with our e-mail step (accounts/stages.py)."""
        ours = {"allauth.account.stages.EmailVerificationStage": "accounts.stages.EmailStage"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return to the account page."""
        return reverse("accounts:me")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count failures by phone number too: allauth leaves it out, so that all phones share one count."""
        name = credentials.get("email") or credentials.get("phone") or credentials.get("username") or ""
        return f"sign-in:{name.lower()}"
