"""A step of signing in."""

from typing import Any

from allauth.account.stages import EmailVerificationStage


class EmailStage(EmailVerificationStage):
    """Confirm the e-mail address, unless a confirmed phone number already tells who this is.

    allauth knows the step as mandatory for everybody; people who sign in by phone may have no address.
    """

    def handle(self) -> tuple[Any, bool]:
        """Return the response of the step and whether to go on."""
        user = self.login.user
        if user is not None and user.phone_verified and not self.login.email:
            return None, True
        return super().handle()
