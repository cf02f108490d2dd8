"""Who is let in: programs of members by token, devices by their own password."""

from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from ninja.security import HttpBasicAuth, HttpBearer

from api.models import ApiToken, Scope
from api.problems import Problem
from api.tokens import verify
from telemetry.credentials import check_password
from telemetry.models import Device


class Token(HttpBearer):
    """`Authorization: Bearer fengtu_…`, made in the back office for one member and named purposes."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """Return the token.

        Raises:
            Problem: it is good, but not for this.
        """
        found = verify(token)
        if found and not found.allows(self.scope):
            detail = format_lazy(_("The token may not do this. It needs: {scope}."), scope=self.scope.value)
            raise Problem(403, "scope_missing", detail)
        return found


class DeviceBasic(HttpBasicAuth):
    """`Authorization: Basic <device id:password>`, the same as at the MQTT broker."""

    def authenticate(self, request: HttpRequest, username: str, password: str) -> str | None:
        """Return the device id."""
        return _device(username, password)


class DeviceBearer(HttpBearer):
    """`Authorization: Bearer <device id>:<password>`, for clients that know no other."""

    def authenticate(self, request: HttpRequest, token: str) -> str | None:
        """Return the device id."""
        device_id, _colon, password = token.partition(":")
        return _device(device_id, password)


def _device(device_id: str, password: str) -> str | None:
    found = Device.objects.filter(device_id=device_id, is_active=True).values_list("password_hash", flat=True)
    return device_id if check_password(password, found.first() or "") else None


def token_of(request: HttpRequest) -> ApiToken:
    """Return the token that was let in."""
    token: ApiToken = request.auth  # type: ignore[attr-defined]
    return token
