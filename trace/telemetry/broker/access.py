"""Who may connect and what they may do: the same rules as the files `mosquitto_files` writes."""

import hmac

from django.db import close_old_connections, connection

from telemetry.credentials import check_password
from telemetry.models import Device

INGEST_USER = "ingest"


def may_connect(user: str, password: str, *, ingest_password: str) -> bool:
    """Tell whether these are the credentials of a device in use, or of the ingest. One query at most."""
    if user == INGEST_USER:
        return bool(ingest_password) and hmac.compare_digest(password.encode(), ingest_password.encode())
    close_old_connections()
    try:
        hashed = Device.objects.filter(device_id=user, is_active=True).values_list("password_hash", flat=True)
        return check_password(password, hashed.first() or "")
    finally:
        connection.close()  # broker threads come and go


def may_publish(user: str, topic: str) -> bool:
    """Tell whether `user` may publish there: a device below its own id, the ingest nowhere."""
    return user != INGEST_USER and topic.startswith(f"base/{user}/")


def may_receive(user: str, topic: str) -> bool:
    """Tell whether `user` may hear that topic or filter: the ingest all of `base/`, a device nothing."""
    return user == INGEST_USER and topic.startswith("base/")
