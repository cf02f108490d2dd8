"""Django's names for this app, and for Wagtail's users app with our user form."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    """People who sign in: the user model, sign-in by phone or e-mail, roles."""

    name = "accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Keep the groups of the roles in step with the table after every `migrate`.

        The signal comes once per app; at the last app the permissions of all others exist.
        """
        from accounts.groups import sync_after_migrate

        last = [config for config in apps.get_app_configs() if config.models_module][-1]
        post_migrate.connect(sync_after_migrate, sender=last, dispatch_uid="accounts.sync_roles")


class BackOfficeUsersConfig(WagtailUsersAppConfig):
    """Wagtail's users app, with users who have a phone number, an e-mail address or both."""

    user_viewset = "accounts.back_office.UserViewSet"
