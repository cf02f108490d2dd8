"""The user."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.managers import UserManager
from lib.phone import InvalidPhone, display_phone, normalise_phone


class User(AbstractUser):
    """A person who signs in with a phone number or an e-mail address, at least one of which is given.

    Both are kept in one spelling (E.164, lower case) and are unique where given. An account that was
    deleted stays as an empty row (`erased_at`), because records that name it must keep their author.
    """

    username = None  # type: ignore[assignment]
    email = models.EmailField(  # type: ignore[assignment]
        _("e-mail"),
        unique=True,
        null=True,
        blank=True,
        error_messages={"unique": _("Another account has this e-mail address.")},
    )
    phone = models.CharField(
        _("mobile number"),
        max_length=20,
        unique=True,
        null=True,
        blank=True,
        error_messages={"unique": _("Another account has this mobile number.")},
    )
    phone_verified = models.BooleanField(_("mobile number confirmed"), default=False)
    privacy_version = models.CharField(_("accepted privacy notice"), max_length=16, blank=True)
    privacy_accepted_at = models.DateTimeField(_("accepted the privacy notice at"), null=True, blank=True)
    erased_at = models.DateTimeField(_("deleted at"), null=True, blank=True, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()  # type: ignore[assignment,misc]

    if TYPE_CHECKING:  # reverse relations of allauth, Wagtail and Oscar, which have no types

        def __getattr__(self, name: str) -> Any: ...

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.CheckConstraint(
                condition=Q(email__isnull=False) | Q(phone__isnull=False) | Q(erased_at__isnull=False),
                name="user_has_phone_or_email",
                violation_error_message=_("Give a mobile number or an e-mail address."),
            ),
            models.CheckConstraint(
                condition=Q(email__isnull=True) | (Q(email=Lower("email")) & ~Q(email="")),
                name="user_email_in_lower_case",
            ),
            models.CheckConstraint(
                condition=Q(phone__isnull=True) | Q(phone__startswith="+"), name="user_phone_in_e164"
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.get_username()

    def get_username(self) -> str:
        """Return what the person signs in with; never empty, so that logs and forms have a name to show."""
        return self.email or (display_phone(self.phone) if self.phone else f"#{self.pk}")

    def get_full_name(self) -> str:
        """Return the name as it is written: Chinese names family first and without a space."""
        names = [self.last_name.strip(), self.first_name.strip()]
        if all(name.isascii() for name in names):
            return " ".join(reversed(names)).strip()
        return "".join(names)

    def clean(self) -> None:
        """Bring phone and e-mail into their one spelling, with an error beside the field that has none."""
        self.email = _one_spelling(self.email)
        try:
            self.phone = normalise_phone(self.phone) if self.phone else None
        except InvalidPhone as error:
            raise ValidationError({"phone": str(error)}) from error

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save in the one spelling, whoever saves.

        Raises:
            InvalidPhone: the phone number cannot exist.
        """
        self.email = _one_spelling(self.email)
        self.phone = normalise_phone(self.phone) if self.phone else None
        super().save(*args, **kwargs)

    def accept_privacy(self, *, version: str, at: datetime) -> None:
        """Note that this person accepted that version of the privacy notice (the caller saves)."""
        self.privacy_version, self.privacy_accepted_at = version, at


def _one_spelling(email: str | None) -> str | None:
    return (email or "").strip().lower() or None


class Role(models.Model):
    """A kind of work that `accounts.roles` describes, bound to the group that holds its rights.

    The slug is what code knows; the group's name is for people and may be changed.
    """

    slug = models.SlugField(_("slug"), max_length=32, unique=True)
    group = models.OneToOneField("auth.Group", models.CASCADE, related_name="role", verbose_name=_("group"))

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug
