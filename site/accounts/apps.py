"""Django's name for this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People who sign in: the user model, sign-in by phone or e-mail, roles."""

    name = "accounts"
    label = "accounts"
    verbose_name = _("Accounts")
