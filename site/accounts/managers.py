"""Making and finding users by phone number or e-mail address."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import BaseUserManager

from lib.phone import InvalidPhone, normalise_phone

if TYPE_CHECKING:
    from accounts.models import User


class UserManager(BaseUserManager["User"]):
    """Users are made with an e-mail address, a phone number, or both."""

    def create_user(
        self,
        email: str | None = None,
        password: str | None = None,
        *,
        phone: str | None = None,
        verified: bool = False,
        **fields: Any,
    ) -> "User":
        """Make a user; `verified` says that phone and e-mail are known to be theirs.

        Raises:
            ValueError: neither phone nor e-mail.
            InvalidPhone: the phone number cannot exist.
        """
        if not (email or phone):
            raise ValueError("a user needs a phone number or an e-mail address")
        user = self.model(email=email, phone=phone, **fields)
        user.set_password(password)
        user.phone_verified = verified and bool(phone)
        user.save(using=self._db)
        if verified and user.email:
            user.emailaddress_set.create(email=user.email, verified=True, primary=True)
        return user

    def create_superuser(
        self, email: str | None = None, password: str | None = None, **fields: Any
    ) -> "User":
        """Make an administrator, whose phone and e-mail are taken as theirs."""
        rights = {"is_staff": True, "is_superuser": True, "verified": True}
        return self.create_user(email, password, **{**fields, **rights})

    def get_by_natural_key(self, login: str | None) -> "User":
        """Return the user who signs in with `login`, an e-mail address or a phone number.

        Raises:
            User.DoesNotExist: nobody does.
        """
        return self.get(**sign_in_key(login or ""))


def sign_in_key(login: str) -> dict[str, str]:
    """Return the lookup of a typed sign-in name; one that cannot be a phone number is looked up as e-mail."""
    if "@" not in login:
        try:
            return {"phone": normalise_phone(login)}
        except InvalidPhone:
            pass
    return {"email": login.strip().lower()}
