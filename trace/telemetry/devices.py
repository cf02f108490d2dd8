"""Devices: giving one its password, which is shown once and kept only as a hash, and taking it away."""

from datetime import datetime

from django.db import transaction

from telemetry.credentials import hash_password, new_password
from telemetry.models import Device, Hj212Station


def issue_password(*, device: Device, at: datetime) -> str:
    """Give `device` a new password and return it; the one before stops working.

    The brokers end a connection that was made with the old one: the embedded one within two seconds,
    Mosquitto when it reads its files again.
    """
    password = new_password()
    _keep(device, hash_password(password), at)
    return password


def revoke_password(*, device: Device, at: datetime) -> bool:
    """Take the passwords of `device` away, that for HJ 212 too; return whether it had one for the broker.

    It may not sign in until it gets another.
    """
    had_one = bool(device.password_hash)
    with transaction.atomic():
        _keep(device, "", at)
        Hj212Station.objects.filter(device=device).update(password_hash="")
    return had_one


def _keep(device: Device, hashed: str, at: datetime) -> None:
    device.password_hash, device.password_changed_at = hashed, at
    device.save(update_fields=["password_hash", "password_changed_at"])
